package io.github.brainimaging.core.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussianNoiseTest extends AugmentationContract {

  @Override
  Augmentation augmentation() {
    return Augmentation.noise();
  }

  @Test
  void hasTheGivenDeviationAndNoMean() {
    float[] samples = new float[40_000];
    samples[0] = -500;
    samples[1] = 1500;
    MedicalImage image = MedicalImage.wrap(200, 200, 1, samples);

    float[] noisy = Augmentation.noise(0.1, 0.1).apply(image, new SplittableRandom(3)).samples();

    double sum = 0;
    double squares = 0;
    for (int i = 2; i < noisy.length; i++) {
      sum += noisy[i];
      squares += noisy[i] * (double) noisy[i];
    }
    assertThat(sum / noisy.length).isCloseTo(0, within(4.0)); // 4 standard errors
    assertThat(Math.sqrt(squares / noisy.length)).isCloseTo(200, within(3.0));
  }

  @Test
  void returnsAConstantImageAsItIs() {
    MedicalImage constant = MedicalImage.ofGray(2, 1, new float[] {3, 3});

    assertThat(augmentation().apply(constant, new SplittableRandom(1))).isSameAs(constant);
  }

  @ParameterizedTest
  @CsvSource({"-0.1,1", "2,1", "NaN,1", "1,Infinity"})
  void rejectsDeviationsOutOfRange(double low, double high) {
    assertThatThrownBy(() -> Augmentation.noise(low, high))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
