package io.github.brainimaging.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpacingTest {

  @Test
  void areaOfAPixelIsTheProduct() {
    assertThat(new Spacing(0.5, 3).pixelAreaMm2()).isEqualTo(1.5);
    assertThat(Spacing.ofMillimeters(2)).isEqualTo(new Spacing(2, 2));
  }

  @Test
  void unknownSpacingHasNoArea() {
    assertThat(Spacing.UNKNOWN.isKnown()).isFalse();
    assertThat(Spacing.UNKNOWN.pixelAreaMm2()).isNaN();
    assertThat(new Spacing(1, 1).isKnown()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "-1, 1", "Infinity, 1", "NaN, 1", "1, NaN"})
  void rejectsSpacingThatIsNotPositiveOrHalfKnown(double x, double y) {
    assertThatThrownBy(() -> new Spacing(x, y)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesTheArgument() {
    assertThatThrownBy(() -> Spacing.ofMillimeters(Double.NaN))
        .hasMessage("millimeters must be positive and finite, got NaN");
  }
}
