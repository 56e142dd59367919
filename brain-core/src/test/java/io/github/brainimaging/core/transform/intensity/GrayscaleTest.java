package io.github.brainimaging.core.transform.intensity;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.ReferenceImages;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.TransformContract;
import org.junit.jupiter.api.Test;

class GrayscaleTest extends TransformContract {

  @Override
  protected Transform transform() {
    return Grayscale.bt601();
  }

  @Override
  protected int[] acceptedChannels() {
    return new int[] {1, 3};
  }

  @Override
  protected int[] expectedShape(MedicalImage input) {
    return new int[] {input.width(), input.height(), 1};
  }

  @Test
  void agreesWithOpenCv() {
    MedicalImage gray = transform().apply(ReferenceImages.get("rgb"));

    assertClose(gray, ReferenceImages.get("rgb.opencv-gray"), 1e-4);
  }

  @Test
  void isTheValueThatPillowRounds() {
    MedicalImage gray = transform().apply(ReferenceImages.get("rgb"));

    assertClose(gray, ReferenceImages.get("rgb.pillow-L"), 0.51);
  }

  @Test
  void keepsTheValueOfColorlessPixelsToTheBit() {
    float v = 0.1f;

    assertThat(transform().apply(MedicalImage.of(1, 1, 3, new float[] {v, v, v})).get(0, 0))
        .isEqualTo(v);
  }

  @Test
  void rejectsOtherNumbersOfChannels() {
    MedicalImage image = MedicalImage.of(1, 1, 4, new float[4]);

    assertThatThrownBy(() -> transform().apply(image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("image must have 1 or 3 channels, got 4");
  }
}
