package io.github.brainimaging.core.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.transform.ReferenceImages;
import io.github.brainimaging.core.transform.spatial.Crop;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Resize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomCropTest extends AugmentationContract {

  @Override
  Augmentation augmentation() {
    return Augmentation.crop();
  }

  @Test
  void enlargesTheWindowToTheSizeOfTheImage() {
    MedicalImage gray = ReferenceImages.get("gray"); // 23 x 17

    MedicalImage expected =
        Crop.of(new BoundingBox(11, 8, 12, 9)) // the last place of a window of half the size
            .then(Resize.to(23, 17).withInterpolation(Interpolation.BILINEAR))
            .apply(gray);

    assertThat(Augmentation.crop(0.4, 0.5).apply(gray, new FixedGenerator(1)))
        .isEqualTo(expected.withSpacing(Spacing.UNKNOWN));
  }

  @Test
  void keepsTheWholeImageAtFractionOne() {
    MedicalImage gray = ReferenceImages.get("gray");

    assertThat(Augmentation.crop(1, 1).apply(gray, new FixedGenerator(0.3))).isEqualTo(gray);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "-1,1", "0.5,1.1", "0.9,0.8", "NaN,1", "0.5,NaN"})
  void rejectsFractionsOutOfRange(double low, double high) {
    assertThatThrownBy(() -> Augmentation.crop(low, high))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
