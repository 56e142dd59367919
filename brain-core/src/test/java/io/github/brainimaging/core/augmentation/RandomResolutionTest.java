package io.github.brainimaging.core.augmentation;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomResolutionTest extends AugmentationContract {

  @Override
  Augmentation augmentation() {
    return RandomResolution.withDefaults();
  }

  @Test
  void averagesPixelsAndEnlargesThem() {
    MedicalImage stripes = MedicalImage.ofGray(8, 1, new float[] {0, 2, 0, 2, 0, 2, 0, 2});

    assertClose(
        RandomResolution.ofFactor(2, 2).apply(stripes, new FixedGenerator(0)),
        stripes.withSamples(new float[] {1, 1, 1, 1, 1, 1, 1, 1}),
        1e-6);
  }

  @Test
  void leavesABorderWhereItIs() {
    MedicalImage step = MedicalImage.ofGray(8, 1, new float[] {0, 0, 0, 0, 4, 4, 4, 4});

    assertClose(
        RandomResolution.ofFactor(2, 2).apply(step, new FixedGenerator(0)),
        step.withSamples(new float[] {0, 0, 0, 1, 3, 4, 4, 4}),
        1e-6);
  }

  @Test
  void aFactorOfOneLeavesTheImage() {
    MedicalImage image = MedicalImage.ofGray(2, 2, new float[] {1, 2, 3, 5});

    assertThat(RandomResolution.ofFactor(1, 1).apply(image, new FixedGenerator(0.5)))
        .isSameAs(image);
  }

  @ParameterizedTest
  @CsvSource({"0.9,2", "3,2", "NaN,2", "1,Infinity"})
  void rejectsFactorsOutOfRange(double low, double high) {
    assertThatThrownBy(() -> RandomResolution.ofFactor(low, high))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
