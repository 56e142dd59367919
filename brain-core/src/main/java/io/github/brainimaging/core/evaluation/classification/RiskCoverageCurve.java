package io.github.brainimaging.core.evaluation.classification;

import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What share of the answers is wrong if only the surest are given: R. El-Yaniv, Y. Wiener, "On the
 * Foundations of Noise-free Selective Classification", 2010. One point for every different
 * confidence, from the highest down; within cases of equal confidence the risk is that of a random
 * order.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param points coverage rises to 1, where the risk is the error of all cases
 * @param area the mean risk over all coverages 1/n, 2/n, ..., 1 (AURC; Y. Geifman, G. Uziel, R.
 *     El-Yaniv, 2019), 0 is best
 * @since 0.1.0
 */
public record RiskCoverageCurve(List<OperatingPoint> points, double area) {

  /**
   * One choice of the confidence.
   *
   * @param confidence cases with this confidence or a higher one are answered
   * @param coverage share of the cases that are answered
   * @param risk share of these that are wrong
   */
  public record OperatingPoint(double confidence, double coverage, double risk) {}

  /**
   * Copies the points.
   *
   * @param points coverage rises to 1
   * @param area the mean risk
   */
  public RiskCoverageCurve {
    points = List.copyOf(points);
  }

  /**
   * Computes the curve in time O(N log N).
   *
   * @param correct for every case, whether its answer is right; at least one case
   * @param confidence for every case, a finite number that is larger the surer the answer is
   * @return the curve
   * @throws IllegalArgumentException if the lengths differ, there is no case or a confidence is not
   *     finite
   */
  public static RiskCoverageCurve of(boolean[] correct, double[] confidence) {
    int n = correct.length;
    Arguments.require(
        n > 0 && n == confidence.length,
        "confidence must hold one value per case, got %s for %s cases",
        confidence.length,
        n);
    for (double value : confidence) {
      Arguments.requireFinite("confidence", value);
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -confidence[i]))
            .mapToInt(i -> i)
            .toArray();
    List<OperatingPoint> points = new ArrayList<>();
    double sum = 0;
    int wrong = 0;
    int start = 0;
    while (start < n) {
      double value = confidence[order[start]];
      int end = start;
      int more = 0;
      while (end < n && confidence[order[end]] == value) {
        more += correct[order[end]] ? 0 : 1;
        end++;
      }
      for (int k = start + 1; k <= end; k++) {
        sum += (wrong + (double) more * (k - start) / (end - start)) / k;
      }
      wrong += more;
      points.add(new OperatingPoint(value, (double) end / n, (double) wrong / end));
      start = end;
    }
    return new RiskCoverageCurve(points, sum / n);
  }
}
