package io.github.brainimaging.core.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomFlipTest extends AugmentationContract {

  private static final MedicalImage COUNTED =
      MedicalImage.of(2, 2, 2, new float[] {1, 2, 3, 4, 5, 6, 7, 8});

  @Override
  Augmentation augmentation() {
    return Augmentation.flip(0.5, 0.5);
  }

  @Test
  void mirrorsEachChannel() {
    assertThat(flipped(1, 0)).containsExactly(2, 1, 4, 3, 6, 5, 8, 7);
    assertThat(flipped(0, 1)).containsExactly(3, 4, 1, 2, 7, 8, 5, 6);
    assertThat(flipped(1, 1)).containsExactly(4, 3, 2, 1, 8, 7, 6, 5);
    assertThat(flipped(0, 0)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }

  @ParameterizedTest
  @CsvSource({"-0.1,0", "1.1,0", "NaN,0", "0,-0.1", "0,1.1", "0,NaN"})
  void rejectsProbabilitiesOutOfRange(double horizontal, double vertical) {
    assertThatThrownBy(() -> Augmentation.flip(horizontal, vertical))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] flipped(double horizontal, double vertical) {
    return Augmentation.flip(horizontal, vertical)
        .apply(COUNTED, new SplittableRandom(1))
        .samples();
  }
}
