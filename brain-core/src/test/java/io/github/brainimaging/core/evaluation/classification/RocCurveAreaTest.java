package io.github.brainimaging.core.evaluation.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RocCurveAreaTest {

  @Test
  void isTheShareOfPairsInTheRightOrderWithTiesCountedHalf() {
    Random random = new Random(1);
    for (int round = 0; round < 100; round++) {
      int n = 2 + random.nextInt(40);
      boolean[] positive = new boolean[n];
      double[] scores = new double[n];
      for (int i = 0; i < n; i++) {
        positive[i] = i == 0 || (i > 1 && random.nextBoolean());
        scores[i] = random.nextInt(8) - 4;
      }
      assertThat(RocCurve.area(positive, scores))
          .isEqualTo(byPairs(positive, scores), within(1e-12));
    }
  }

  private static double byPairs(boolean[] positive, double[] scores) {
    double won = 0;
    int pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (positive[i] && !positive[j]) {
          won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          pairs++;
        }
      }
    }
    return won / pairs;
  }

  @Test
  void countsBothZerosAsEqual() {
    assertThat(RocCurve.area(new boolean[] {true, false}, new double[] {-0.0, 0.0})).isEqualTo(0.5);
  }

  @Test
  void isUndefinedWithoutBothKinds() {
    assertThat(RocCurve.area(new boolean[] {true, true}, new double[] {1, 2})).isNaN();
    assertThat(RocCurve.area(new boolean[] {false}, new double[] {1})).isNaN();
    assertThat(RocCurve.area(new boolean[0], new double[0])).isNaN();
  }

  @Test
  void rejectsWrongLengthsAndNonFiniteScores() {
    assertThatThrownBy(() -> RocCurve.area(new boolean[2], new double[1]))
        .hasMessage("scores must hold one value per case = 2, got 1");
    assertThatThrownBy(() -> RocCurve.area(new boolean[1], new double[] {Double.POSITIVE_INFINITY}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
