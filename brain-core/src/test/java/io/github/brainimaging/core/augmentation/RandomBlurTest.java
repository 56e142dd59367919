package io.github.brainimaging.core.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.ReferenceImages;
import io.github.brainimaging.core.transform.intensity.GaussianSmoothing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomBlurTest extends AugmentationContract {

  @Override
  Augmentation augmentation() {
    return Augmentation.blur();
  }

  @Test
  void smoothsByTheDrawnWidth() {
    MedicalImage gray = ReferenceImages.get("gray");

    assertThat(Augmentation.blur(0.5, 1.5).apply(gray, new FixedGenerator(0.25)))
        .isEqualTo(GaussianSmoothing.ofSigmaPixels(0.75).apply(gray));
  }

  @ParameterizedTest
  @CsvSource({"-0.1,1", "2,1", "NaN,1", "1,1001"})
  void rejectsWidthsOutOfRange(double low, double high) {
    assertThatThrownBy(() -> Augmentation.blur(low, high))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
