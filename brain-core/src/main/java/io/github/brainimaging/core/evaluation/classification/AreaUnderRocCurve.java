package io.github.brainimaging.core.evaluation.classification;

import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The area under the receiver operating characteristic: the probability that a positive case has a
 * higher score than a negative one, ties counted half. It is the Mann-Whitney statistic
 *
 * <pre>  AUC = (R - p (p + 1) / 2) / (p n)</pre>
 *
 * with p positives, n negatives and R the sum of the positives' ranks, equal scores sharing their
 * mean rank (Hanley and McNeil, Radiology 143, 1982, 29). Equal to the trapezoidal area under the
 * curve, which scikit-learn's {@code roc_auc_score} computes. Time O(N log N).
 */
public final class AreaUnderRocCurve {

  private AreaUnderRocCurve() {}

  /**
   * Computes the area.
   *
   * @param positive for every case, whether it is positive in truth
   * @param scores for every case, a finite number that is larger the more the case looks positive
   * @return between 0 and 1; NaN if there is no positive or no negative case
   * @throws IllegalArgumentException if the lengths differ or a score is not finite
   */
  public static double of(boolean[] positive, double[] scores) {
    Arguments.require(
        positive.length == scores.length,
        "scores must hold one value per case = %d, got %d",
        positive.length,
        scores.length);
    Integer[] order = new Integer[scores.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
      Arguments.requireFinite("score", scores[i]);
    }
    // Not Double.compare, for which -0.0 is smaller than 0.0.
    Comparator<Integer> byScore =
        (a, b) -> scores[a] < scores[b] ? -1 : scores[a] > scores[b] ? 1 : 0;
    Arrays.sort(order, byScore);

    long positives = 0;
    double rankSum = 0;
    for (int start = 0; start < order.length; ) {
      int end = start;
      int positivesInTie = 0;
      while (end < order.length && scores[order[end]] == scores[order[start]]) {
        positivesInTie += positive[order[end]] ? 1 : 0;
        end++;
      }
      // Ranks start + 1 to end share their mean.
      rankSum += positivesInTie * (start + 1 + end) / 2.0;
      positives += positivesInTie;
      start = end;
    }
    long negatives = order.length - positives;
    if (positives == 0 || negatives == 0) {
      return Double.NaN;
    }
    return (rankSum - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
  }
}
