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

class RescaleTest extends TransformContract {

  @Override
  protected Transform transform() {
    return Rescale.toUnit();
  }

  @Override
  protected float expectedNominalMaximum(MedicalImage input) {
    return 1;
  }

  @Test
  void dividesEightBitBy255AsNumpyDoes() {
    MedicalImage gray = ReferenceImages.get("gray").withNominalMaximum(255);

    assertClose(transform().apply(gray), ReferenceImages.get("gray.unit"), 1e-7);
  }

  @Test
  void dividesTheNominalMaximumByTheGivenNumberToo() {
    MedicalImage image = MedicalImage.ofGray(1, 1, new float[] {10}).withNominalMaximum(200);

    MedicalImage output = Rescale.ofDivisor(100).apply(image);

    assertThat(output.get(0, 0)).isEqualTo(0.1f);
    assertThat(output.nominalMaximum()).isEqualTo(2);
  }

  @Test
  void dividesByAGivenNumberWithoutANominalMaximum() {
    MedicalImage output = Rescale.ofDivisor(4).apply(MedicalImage.ofGray(1, 1, new float[] {10}));

    assertThat(output.get(0, 0)).isEqualTo(2.5f);
    assertThat(output.nominalMaximum()).isNaN();
  }

  @Test
  void saysWhatToUseWithoutANominalMaximum() {
    MedicalImage image = MedicalImage.ofGray(1, 1, new float[] {10});

    assertThatThrownBy(() -> transform().apply(image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MinMax.toUnit()")
        .hasMessageContaining("Rescale.ofDivisor");
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
  void rejectsADivisorThatIsNotPositiveAndFinite(float divisor) {
    assertThatThrownBy(() -> Rescale.ofDivisor(divisor))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("divisor must be positive and finite");
  }

  @Test
  void printsByWhatItDivides() {
    assertThat(Rescale.toUnit()).hasToString("Rescale[to unit]");
    assertThat(Rescale.ofDivisor(4)).hasToString("Rescale[divisor=4.0]");
  }
}
