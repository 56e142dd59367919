package io.github.brainimaging.core.evaluation.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RiskCoverageCurveTest {

  @Test
  void theSurestAreAnsweredFirst() {
    RiskCoverageCurve curve =
        RiskCoverageCurve.of(
            new boolean[] {false, true, true, false}, new double[] {0.6, 0.9, 0.7, 0.8});

    assertThat(curve.points())
        .containsExactly(
            new RiskCoverageCurve.OperatingPoint(0.9, 0.25, 0),
            new RiskCoverageCurve.OperatingPoint(0.8, 0.5, 0.5),
            new RiskCoverageCurve.OperatingPoint(0.7, 0.75, 1.0 / 3),
            new RiskCoverageCurve.OperatingPoint(0.6, 1, 0.5));
    assertThat(curve.area()).isEqualTo((0 + 0.5 + 1.0 / 3 + 0.5) / 4, within(1e-12));
  }

  @Test
  void equalConfidenceIsARandomOrder() {
    RiskCoverageCurve curve =
        RiskCoverageCurve.of(new boolean[] {true, false, true, false}, new double[] {1, 1, 1, 1});

    assertThat(curve.points()).containsExactly(new RiskCoverageCurve.OperatingPoint(1, 1, 0.5));
    assertThat(curve.area()).isEqualTo(0.5, within(1e-12));
  }

  @Test
  void refusesWhatMakesNoCurve() {
    assertThatThrownBy(() -> RiskCoverageCurve.of(new boolean[0], new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("confidence must hold one value per case, got 0 for 0 cases");
    assertThatThrownBy(() -> RiskCoverageCurve.of(new boolean[] {true}, new double[] {Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("confidence");
  }
}
