package io.github.brainimaging.core.evaluation.significance;

import io.github.brainimaging.core.evaluation.internal.Distributions;
import io.github.brainimaging.core.evaluation.internal.Midranks;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Wilcoxon's signed-rank test of whether two methods do equally well on the same cases, such as the
 * Dice of two segmenters (Biometrics Bulletin 1, 1945, 80). Differences are ranked by size; if the
 * methods are alike, positive and negative ones have equal sums of ranks. Cases without a
 * difference are left out; differences of one size share their mean rank. Differences count as
 * equal, or as 0, if they are so to 12 digits of the largest value: 0.9 - 0.8 and 0.8 - 0.7 are one
 * size.
 *
 * <p>With at most 50 differences the p value is exact, ties or not: the share of all signs that
 * these ranks could have had. No p value of n differences is below 2<sup>1 - n</sup>. Above, it is
 * from the normal distribution, corrected for ties, without a continuity correction. Values are
 * those of SciPy's {@code wilcoxon}, which counts exactly up to 50 cases without ties, but with
 * ties or zeros up to 13 only (from 1.15 on). It holds for independent cases. The interval of the
 * mean difference is that of {@link io.github.brainimaging.core.evaluation.Bootstrap} over the
 * differences, by patient where they have several slices.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param pairs number of cases with a difference
 * @param positiveRanks sum of the ranks of the cases where the first method has the larger value
 * @param negativeRanks sum of the ranks of the other cases
 * @param pValue two-sided, between 0 and 1; 1 if there is no difference at all
 * @param exact whether the p value is exact
 * @since 0.1.0
 */
public record WilcoxonSignedRankTest(
    int pairs, double positiveRanks, double negativeRanks, double pValue, boolean exact) {

  private static final int LARGEST_EXACT = 50;

  /** In units of the last place of the largest value, which leaves 12 digits. */
  private static final double ROUNDING = 1 << 13;

  /**
   * Tests pairs of values.
   *
   * @param first for every case, the finite value of the first method; at least one case
   * @param second for every case, the finite value of the second method
   * @return the test
   * @throws IllegalArgumentException if there is no case, the lengths differ or a value is not
   *     finite
   */
  public static WilcoxonSignedRankTest of(double[] first, double[] second) {
    Arguments.require(
        first.length > 0 && first.length == second.length,
        "second must hold one value per case, at least one: got %s and %s",
        first.length,
        second.length);
    double[] all =
        IntStream.range(0, first.length)
            .mapToDouble(i -> Arguments.requireFinite("difference", first[i] - second[i]))
            .toArray();
    double step = Math.ulp(largest(first, second)) * ROUNDING;
    double[] differences =
        Arrays.stream(all).map(d -> Math.rint(d / step) * step).filter(d -> d != 0).toArray();
    double[] sizes = Arrays.stream(differences).map(Math::abs).toArray();
    double[] ranks = Midranks.of(sizes);
    double positive = 0;
    for (int i = 0; i < ranks.length; i++) {
      positive += differences[i] > 0 ? ranks[i] : 0;
    }
    int n = ranks.length;
    double negative = n * (n + 1.0) / 2 - positive;
    boolean exact = n <= LARGEST_EXACT;
    double smaller = Math.min(positive, negative);
    double p = n == 0 ? 1 : exact ? exact(ranks, smaller) : approximate(sizes, smaller);
    return new WilcoxonSignedRankTest(n, positive, negative, p, exact);
  }

  private static double largest(double[] first, double[] second) {
    return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second))
        .map(Math::abs)
        .max()
        .orElse(0);
  }

  /** Counts the subsets of the ranks by their sums, each as likely as any other. */
  private static double exact(double[] ranks, double smaller) {
    // Midranks are halves: twice a rank is a whole number.
    double[] probability = new double[ranks.length * (ranks.length + 1) + 1];
    probability[0] = 1;
    for (double rank : ranks) {
      int twice = (int) Math.round(2 * rank);
      for (int sum = probability.length - 1; sum >= 0; sum--) {
        double without = probability[sum];
        probability[sum] = (without + (sum >= twice ? probability[sum - twice] : 0)) / 2;
      }
    }
    int end = (int) Math.round(2 * smaller) + 1;
    return Math.min(1, 2 * Arrays.stream(probability, 0, end).sum());
  }

  private static double approximate(double[] sizes, double smaller) {
    double n = sizes.length;
    double[] sorted = sizes.clone();
    Arrays.sort(sorted);
    double ties = 0;
    for (int start = 0; start < sorted.length; ) {
      int end = start;
      while (end < sorted.length && sorted[end] == sorted[start]) {
        end++;
      }
      double t = end - start;
      ties += t * t * t - t;
      start = end;
    }
    double variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48;
    double z = (n * (n + 1) / 4 - smaller) / Math.sqrt(variance);
    return Math.min(1, 2 * Distributions.normalTail(z));
  }

  /**
   * The size of the effect, the matched-pairs rank-biserial correlation (Kerby, Comprehensive
   * Psychology 3, 2014, 1): the share of the ranks that speak for the first method less the share
   * of those against it.
   *
   * @return between -1 and 1; 0 if there is no difference at all
   */
  public double rankBiserial() {
    return pairs == 0 ? 0 : (positiveRanks - negativeRanks) / (positiveRanks + negativeRanks);
  }
}
