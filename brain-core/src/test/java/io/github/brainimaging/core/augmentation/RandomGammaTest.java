package io.github.brainimaging.core.augmentation;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomGammaTest extends AugmentationContract {

  private static final MedicalImage IMAGE = MedicalImage.ofGray(3, 1, new float[] {-1000, -750, 0});

  @Override
  Augmentation augmentation() {
    return Augmentation.gamma();
  }

  @Test
  void bendsTheScaleBetweenSmallestAndLargest() {
    assertBent(1, 2, 1, new float[] {-1000, -937.5f, 0});
    assertBent(0.5, 2, 0, new float[] {-1000, -500, 0});
  }

  @Test
  void drawsTheLogarithmUniformly() {
    assertBent(0.5, 2, 0.5, new float[] {-1000, -750, 0});
  }

  @Test
  void returnsAConstantImageAsItIs() {
    MedicalImage constant = MedicalImage.ofGray(2, 1, new float[] {3, 3});

    assertThat(augmentation().apply(constant, new FixedGenerator(0))).isSameAs(constant);
  }

  @Test
  void leavesWhatIsNotFinite() {
    MedicalImage image =
        MedicalImage.ofGray(4, 1, new float[] {0, Float.NaN, 1, Float.NEGATIVE_INFINITY});

    assertThat(augmentation().apply(image, new FixedGenerator(0)).samples())
        .containsExactly(0, Float.NaN, 1, Float.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "-1,1", "2,1", "NaN,1", "1,Infinity"})
  void rejectsExponentsOutOfRange(double low, double high) {
    assertThatThrownBy(() -> Augmentation.gamma(low, high))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertBent(double low, double high, double fraction, float[] expected) {
    assertClose(
        Augmentation.gamma(low, high).apply(IMAGE, new FixedGenerator(fraction)),
        IMAGE.withSamples(expected),
        1e-3);
  }
}
