package io.github.brainimaging.core.evaluation.significance;

import io.github.brainimaging.core.evaluation.internal.Distributions;
import io.github.brainimaging.core.evaluation.internal.Midranks;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Wilcoxon's signed-rank test of whether two methods do equally well on the same cases, such as the
 * Dice of two segmenters (Biometrics Bulletin 1, 1945, 80). Differences are ranked by size; if the
 * methods are alike, positive and negative ones have equal sums of ranks. Cases without a
 * difference are left out.
 *
 * <p>With at most 50 cases, no two differences of one size and none that is 0, the p value is
 * exact; else it is from the normal distribution, corrected for ties, without a continuity
 * correction. Values are those of SciPy's {@code wilcoxon}. It holds for independent cases. The
 * interval of the mean difference is that of {@link
 * io.github.brainimaging.core.evaluation.Bootstrap} over the differences, by patient where they
 * have several slices.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param pairs number of cases with a difference
 * @param positiveRanks sum of the ranks of the cases where the first method has the larger value
 * @param negativeRanks sum of the ranks of the other cases
 * @param pValue two-sided, between 0 and 1; 1 if there is no difference at all
 * @param exact whether the p value is exact
 */
public record WilcoxonSignedRankTest(
    int pairs, double positiveRanks, double negativeRanks, double pValue, boolean exact) {

  private static final int LARGEST_EXACT = 50;

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
    double[] differences = Arrays.stream(all).filter(d -> d != 0).toArray();
    double[] sizes = Arrays.stream(differences).map(Math::abs).toArray();
    double[] ranks = Midranks.of(sizes);
    double positive = 0;
    for (int i = 0; i < ranks.length; i++) {
      positive += differences[i] > 0 ? ranks[i] : 0;
    }
    int n = ranks.length;
    double negative = n * (n + 1.0) / 2 - positive;
    boolean exact =
        n == all.length && n <= LARGEST_EXACT && Arrays.stream(sizes).distinct().count() == n;
    double smaller = Math.min(positive, negative);
    double p = n == 0 ? 1 : exact ? exact(n, (int) smaller) : approximate(sizes, smaller);
    return new WilcoxonSignedRankTest(n, positive, negative, p, exact);
  }

  /** Counts the subsets of 1..n by their sums, each as likely as any other. */
  private static double exact(int n, int smaller) {
    double[] probability = new double[n * (n + 1) / 2 + 1];
    probability[0] = 1;
    for (int rank = 1; rank <= n; rank++) {
      for (int sum = probability.length - 1; sum >= 0; sum--) {
        double without = probability[sum];
        probability[sum] = (without + (sum >= rank ? probability[sum - rank] : 0)) / 2;
      }
    }
    return Math.min(1, 2 * Arrays.stream(probability, 0, smaller + 1).sum());
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
