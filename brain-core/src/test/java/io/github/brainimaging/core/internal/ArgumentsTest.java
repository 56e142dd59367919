package io.github.brainimaging.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

  @Test
  void throwsOnlyIfTheConditionIsFalse() {
    assertThatCode(() -> Arguments.require(true, "never")).doesNotThrowAnyException();
    assertThatThrownBy(() -> Arguments.require(false, "x must be in [%s, %s], got %s", 0, 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x must be in [0, 1], got 2");
  }

  @Test
  void returnsTheValue() {
    assertThat(Arguments.requirePositive("x", 0.5)).isEqualTo(0.5);
    assertThat(Arguments.requirePositive("x", 3)).isEqualTo(3);
    assertThat(Arguments.requireFinite("x", -1)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void rejectsNumbersThatAreNotPositiveAndFinite(double value) {
    assertThatThrownBy(() -> Arguments.requirePositive("x", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x must be positive and finite, got " + value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
  void rejectsNumbersThatAreNotFinite(double value) {
    assertThatThrownBy(() -> Arguments.requireFinite("x", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x must be finite, got " + value);
  }

  @Test
  void rejectsWholeNumbersThatAreNotPositive() {
    assertThatThrownBy(() -> Arguments.requirePositive("x", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x must be positive, got 0");
  }
}
