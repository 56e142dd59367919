package io.github.brainimaging.examples.cli.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {

  /** As spearmanr of SciPy 1.17.1 gives it. */
  @Test
  void equalValuesShareTheirRanks() {
    double[] a = {1, 2, 2, 4, 5, 0.5};
    double[] b = {2, 1, 4, 4, 10, -3};

    assertThat(RankCorrelation.of(a, b)).isCloseTo(0.8676470588235294, within(1e-9));
  }

  @Test
  void isOneWhereBothRiseAndMinusOneWhereOneFalls() {
    double[] up = {1, 2, 3, 10};

    assertThat(RankCorrelation.of(up, new double[] {-5, 0, 1, 2})).isEqualTo(1);
    assertThat(RankCorrelation.of(up, new double[] {9, 8, 7, 1})).isEqualTo(-1);
    assertThat(RankCorrelation.of(up, new double[] {3, 3, 3, 3})).isNaN();
  }
}
