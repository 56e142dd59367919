package io.github.brainimaging.core.augmentation;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomElasticTest extends AugmentationContract {

  @Override
  Augmentation augmentation() {
    return RandomElastic.withDefaults();
  }

  @Test
  void knotsThatAllMoveAlikeShiftThePicture() {
    // Splines add up to 1: every pixel comes from a tenth of the size further right and below.
    assertClose(
        RandomElastic.ofShift(0.1).apply(ramp(), new FixedGenerator(1)), shifted(2, 1), 1e-4);
  }

  @Test
  void neitherFoldsNorTears() {
    MedicalImage ramp = ramp();
    for (int seed = 0; seed < 50; seed++) {
      float[] bent = RandomElastic.ofShift(0.13).apply(ramp, new SplittableRandom(seed)).samples();
      for (int y = 3; y < 7; y++) {
        for (int x = 5; x < 14; x++) { // what comes from outside is at the edges
          assertThat(bent[y * 20 + x] - bent[y * 20 + x - 1]).isBetween(0.01f, 3f);
        }
      }
    }
  }

  @Test
  void withoutShiftNothingChanges() {
    assertClose(RandomElastic.ofShift(0).apply(ramp(), new FixedGenerator(0.7)), ramp(), 1e-4);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 0.14, Double.NaN})
  void rejectsShiftsOutOfRange(double largest) {
    assertThatThrownBy(() -> RandomElastic.ofShift(largest))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 0.13");
  }

  /** 20 x 10, the column as the value. */
  private static MedicalImage ramp() {
    return shifted(0, 0);
  }

  private static MedicalImage shifted(int right, int below) {
    float[] samples = new float[200];
    for (int i = 0; i < samples.length; i++) {
      boolean inside = i % 20 + right < 20 && i / 20 + below < 10;
      samples[i] = inside ? i % 20 + right : 0;
    }
    return MedicalImage.ofGray(20, 10, samples);
  }
}
