package io.github.brainimaging.core.evaluation.significance;

import io.github.brainimaging.core.internal.Arguments;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction of the p values of several tests (Scandinavian Journal of Statistics 6, 1979,
 * 65): if all hypotheses with a corrected value of at most 0.05 are rejected, the chance that any
 * of them is true is at most 0.05. As statsmodels' {@code multipletests(method="holm")}.
 */
public final class HolmCorrection {

  private HolmCorrection() {}

  /**
   * Corrects p values.
   *
   * @param pValues each between 0 and 1
   * @return the corrected values in the same order, each at least as large
   * @throws IllegalArgumentException if a value is not between 0 and 1
   */
  public static double[] adjust(double... pValues) {
    for (double p : pValues) {
      Arguments.require(p >= 0 && p <= 1, "p value must be between 0 and 1, got %s", p);
    }
    int[] ascending =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double largest = 0;
    for (int i = 0; i < ascending.length; i++) {
      largest = Math.max(largest, (pValues.length - i) * pValues[ascending[i]]);
      adjusted[ascending[i]] = Math.min(1, largest);
    }
    return adjusted;
  }
}
