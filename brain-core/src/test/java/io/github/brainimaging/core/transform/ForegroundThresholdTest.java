package io.github.brainimaging.core.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import org.junit.jupiter.api.Test;

class ForegroundThresholdTest {

  @Test
  void agreesWithNumpy() {
    double expected = ReferenceImages.get("head.threshold").get(0, 0);

    assertThat(ForegroundThreshold.value(ReferenceImages.get("head")))
        .isCloseTo(expected, within(1e-4));
  }

  @Test
  void movesWithTheUnitOfTheImage() {
    MedicalImage image = ReferenceImages.get("head");
    float[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 40 * samples[i] - 1024;
    }

    assertThat(ForegroundThreshold.value(image.withSamples(samples)))
        .isCloseTo(40 * ForegroundThreshold.value(image) - 1024, within(0.01));
  }

  @Test
  void isTheConstantOfAConstantImage() {
    assertThat(ForegroundThreshold.value(MedicalImage.ofGray(2, 1, new float[] {5, 5})))
        .isEqualTo(5);
  }

  @Test
  void isNotANumberWithoutFiniteSamples() {
    assertThat(ForegroundThreshold.value(MedicalImage.ofGray(1, 1, new float[] {Float.NaN})))
        .isNaN();
  }

  @Test
  void ofAVolumeIsThatOfItsSamples() {
    MedicalImage image = ReferenceImages.get("head");

    assertThat(
            ForegroundThreshold.value(
                MedicalVolume.of(
                    VolumeGrid.ofSize(image.width(), image.height(), 1), image.samples())))
        .isEqualTo(ForegroundThreshold.value(image));
  }

  @Test
  void nothingIsAboveItWhereAllIsConstant() {
    assertThat(ForegroundThreshold.above(MedicalImage.ofGray(2, 1, new float[] {5, 5}))).isEmpty();
  }
}
