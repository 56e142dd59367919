package io.github.brainimaging.core.transform.intensity;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.ReferenceImages;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.TransformContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNetNormalizationTest extends TransformContract {

  @Override
  protected Transform transform() {
    return ImageNetNormalization.caffe();
  }

  @Override
  protected int[] acceptedChannels() {
    return new int[] {1, 3};
  }

  @Override
  protected int[] expectedShape(MedicalImage input) {
    return new int[] {input.width(), input.height(), 3};
  }

  @Override
  protected float expectedNominalMaximum(MedicalImage input) {
    return Float.NaN;
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb", "gray"})
  void agreesWithTheFormulasInNumpy(String name) {
    MedicalImage image = ReferenceImages.get(name).withNominalMaximum(255);

    assertClose(
        ImageNetNormalization.caffe().apply(image), ReferenceImages.get(name + ".caffe"), 1e-5);
    assertClose(
        ImageNetNormalization.torch().apply(image), ReferenceImages.get(name + ".torch"), 1e-6);
    assertClose(ImageNetNormalization.tf().apply(image), ReferenceImages.get(name + ".tf"), 1e-6);
  }

  @Test
  void takesTheNominalMaximumTo255() {
    MedicalImage eightBit = ReferenceImages.get("rgb").withNominalMaximum(255);
    MedicalImage unit = Rescale.toUnit().apply(eightBit);

    assertClose(
        ImageNetNormalization.caffe().apply(unit),
        ImageNetNormalization.caffe().apply(eightBit),
        1e-4);
  }

  @Test
  void putsBlueFirstForCaffeOnly() {
    MedicalImage red = MedicalImage.of(1, 1, 3, new float[] {255, 0, 0}).withNominalMaximum(255);

    assertThat(ImageNetNormalization.caffe().apply(red).samples())
        .containsExactly(-103.939f, -116.779f, 131.32f);
    assertThat(ImageNetNormalization.tf().apply(red).samples()).containsExactly(1, -1, -1);
  }

  @Test
  void rejectsAnImageWithoutNominalMaximum() {
    assertThatThrownBy(() -> transform().apply(ReferenceImages.get("rgb")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("image must have a nominal maximum, got NaN");
  }

  @Test
  void rejectsOtherNumbersOfChannels() {
    MedicalImage two = MedicalImage.of(1, 1, 2, new float[2]).withNominalMaximum(255);

    assertThatThrownBy(() -> transform().apply(two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("image must have 1 or 3 channels, got 2");
  }

  @Test
  void printsWhichColorComesFirst() {
    assertThat(ImageNetNormalization.caffe().toString()).endsWith(", blue first]");
    assertThat(ImageNetNormalization.torch().toString()).doesNotContain("blue").endsWith("]]");
  }
}
