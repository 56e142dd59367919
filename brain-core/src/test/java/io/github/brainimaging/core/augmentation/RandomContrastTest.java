package io.github.brainimaging.core.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomContrastTest extends AugmentationContract {

  private static final MedicalImage IMAGE = MedicalImage.ofGray(4, 1, new float[] {0, 8, 12, 20});

  @Override
  Augmentation augmentation() {
    return Augmentation.contrast();
  }

  @Test
  void stretchesAroundTheMeanWithinTheRange() {
    assertThat(stretched(0.5)).containsExactly(5, 9, 11, 15);
    assertThat(stretched(2)).containsExactly(0, 6, 14, 20);
    assertThat(stretched(0)).containsOnly(10);
  }

  @Test
  void leavesNaNOutOfTheMean() {
    MedicalImage image = MedicalImage.ofGray(3, 1, new float[] {0, Float.NaN, 20});

    assertThat(Augmentation.contrast(0, 0).apply(image, new FixedGenerator(0)).samples())
        .containsExactly(10, Float.NaN, 10);
  }

  @ParameterizedTest
  @CsvSource({"-0.1,1", "2,1", "NaN,1", "1,Infinity"})
  void rejectsFactorsOutOfRange(double low, double high) {
    assertThatThrownBy(() -> Augmentation.contrast(low, high))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] stretched(double factor) {
    return Augmentation.contrast(factor, factor).apply(IMAGE, new FixedGenerator(0)).samples();
  }
}
