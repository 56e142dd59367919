package io.github.brainimaging.core.augmentation;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomBiasFieldTest extends AugmentationContract {

  @Override
  Augmentation augmentation() {
    return RandomBiasField.withDefaults();
  }

  @Test
  void makesOneSideBrighterThanTheOther() {
    // All coefficients 1, one row, so y is 0: the field is x + x^2, at the edges 0 and 2.
    MedicalImage row = MedicalImage.ofGray(4, 1, new float[] {0, 10, 10, 10});

    assertClose(
        RandomBiasField.ofStrength(1).apply(row, new FixedGenerator(1)),
        row.withSamples(
            new float[] {
              0,
              (float) (10 * Math.exp(1 / 9.0 - 1 / 3.0 - 2)),
              (float) (10 * Math.exp(1 / 9.0 + 1 / 3.0 - 2)),
              10
            }),
        1e-4);
  }

  @Test
  void keepsTheRangeAndLeavesWhatIsNotFinite() {
    MedicalImage image =
        MedicalImage.ofGray(5, 1, new float[] {-1000, Float.NaN, -500, Float.POSITIVE_INFINITY, 0});

    float[] biased = augmentation().apply(image, new FixedGenerator(0.9)).samples();

    assertThat(biased[0]).isEqualTo(-1000);
    assertThat(biased[1]).isNaN();
    assertThat(biased[3]).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Math.max(biased[2], biased[4])).isZero();
  }

  @Test
  void withoutStrengthNothingChanges() {
    MedicalImage image = MedicalImage.ofGray(2, 2, new float[] {1, 2, 3, 5});

    assertClose(RandomBiasField.ofStrength(0).apply(image, new FixedGenerator(0.7)), image, 1e-6);
  }

  @Test
  void returnsAConstantImageAsItIs() {
    MedicalImage constant = MedicalImage.ofGray(2, 1, new float[] {3, 3});

    assertThat(augmentation().apply(constant, new FixedGenerator(0.7))).isSameAs(constant);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 10.5, Double.NaN, Double.POSITIVE_INFINITY})
  void rejectsStrengthsOutOfRange(double largest) {
    assertThatThrownBy(() -> RandomBiasField.ofStrength(largest))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 10");
  }

  @Test
  void theFieldIsASecondOrderPolynomialInBothDirections() {
    double[] c = {0.2, 0.4, -0.6, 0.8, 1};
    float[] samples = new float[16];
    Arrays.fill(samples, 10);
    samples[15] = 0;
    double[] fields = new double[16];
    for (int i = 0; i < fields.length; i++) {
      double x = i % 4 * 2 / 3.0 - 1;
      double y = i / 4 * 2 / 3.0 - 1;
      fields[i] = c[0] * x + c[1] * y + c[2] * x * x + c[3] * x * y + c[4] * y * y;
    }
    fields[15] = Double.NEGATIVE_INFINITY; // it is the darkest and stays it
    double largest = Arrays.stream(fields).max().orElseThrow();

    float[] biased =
        RandomBiasField.ofStrength(1)
            .apply(MedicalImage.ofGray(4, 4, samples), FixedGenerator.ofAmounts(c))
            .samples();

    for (int i = 0; i < fields.length; i++) {
      assertThat((double) biased[i]).isCloseTo(10 * Math.exp(fields[i] - largest), within(1e-4));
    }
  }
}
