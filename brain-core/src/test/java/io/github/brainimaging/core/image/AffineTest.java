package io.github.brainimaging.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AffineTest {

  private final Affine oblique =
      Affine.of(-0.5, -1.9, 0.1, 20, 2, -0.4, -0.7, -31, 0.3, 0.1, -2.9, 7);

  @Test
  void appliesMatrixAndTranslation() {
    assertThat(oblique.apply(1, 2, 3))
        .containsExactly(new double[] {16, -31.9, -1.2}, within(1e-12));
  }

  @Test
  void theInverseLeadsBack() {
    double[] identity = Affine.identity().toArray();

    assertThat(oblique.then(oblique.inverse()).toArray()).containsExactly(identity, within(1e-14));
    assertThat(oblique.inverse().then(oblique).toArray()).containsExactly(identity, within(1e-14));
  }

  @Test
  void thenAppliesThisFirst() {
    Affine scaledThenMoved = Affine.scaling(2, 3, 4).then(Affine.translation(1, 1, 1));

    assertThat(scaledThenMoved.apply(1, 1, 1)).containsExactly(3, 4, 5);
  }

  @Test
  void spacingIsTheLengthOfTheColumns() {
    Affine affine = Affine.of(0, -3, 0, 1, 2, 0, 0, 1, 0, 4, 0.5, 1);

    assertThat(affine.spacing()).isEqualTo(new VoxelSpacing(2, 5, 0.5));
    assertThat(affine.determinant()).isEqualTo(3);
  }

  /** Twelve numbers and what nibabel.aff2axcodes (5.0.0) says of them. */
  @ParameterizedTest
  @CsvSource({
    "1 0 0 0 0 1 0 0 0 0 1 0, RAS",
    "-1 0 0 0 0 -2 0 0 0 0 -1 0, LPI",
    "-0.5 -1.9 0.1 20 2 -0.4 -0.7 -31 0.3 0.1 -2.9 7, ALI",
    "0 0 1 0 1 0 0 0 0 -1 0 0, AIR",
    // Twice the same axis is nearest; the first index takes it.
    "1 1 0 0 0.9 0.8 0 0 0 0 1 0, ARS",
    "0.7 0.7 0 0 0.7 -0.7 0 0 0 0 1 0, RPS"
  })
  void orientationIsThatOfNibabel(String numbers, String code) {
    double[] rows = Stream.of(numbers.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();

    assertThat(Affine.of(rows).orientation()).isEqualTo(Orientation.of(code));
  }

  @Test
  void rejectsWhatCannotBeInverted() {
    assertThat(Affine.isInvertible(new double[12])).isFalse();
    assertThatThrownBy(() -> Affine.of(1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows must be finite and invertible");
    assertThatThrownBy(() -> Affine.translation(Double.NaN, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Affine.of(1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows must hold 12 values, got 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RA", "RASS", "RLS", "XAS", "RRA"})
  void rejectsWhatIsNoOrientation(String code) {
    assertThatThrownBy(() -> Orientation.of(code)).isInstanceOf(IllegalArgumentException.class);
  }
}
