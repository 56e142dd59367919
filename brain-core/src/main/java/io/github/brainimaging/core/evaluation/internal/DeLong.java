package io.github.brainimaging.core.evaluation.internal;

import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;
import java.util.List;

/**
 * An area under the ROC curve with what each case adds to its error, after DeLong, DeLong and
 * Clarke-Pearson (Biometrics 44, 1988, 837), by ranks as Sun and Xu (IEEE Signal Processing Letters
 * 21, 2014, 1389).
 *
 * <p>A positive case i with the share V_i of the negatives below it (ties half) deviates by {@code
 * (V_i - AUC) / sqrt(p (p - 1))}, a negative one likewise with the share of the positives above it.
 * The variance of the area is the sum of the squares, and the covariance of two areas over the same
 * cases the sum of the products: any linear combination of areas is again such an object.
 */
public final class DeLong {

  /** Below it are the roundings of an error of 0. */
  private static final double SMALLEST_ERROR = 1e-12;

  private final double auc;
  private final double[] deviations;

  private DeLong(double auc, double[] deviations) {
    this.auc = auc;
    this.deviations = deviations;
  }

  /**
   * Computes the area.
   *
   * @param positive for every case, whether it is positive in truth
   * @param scores for every case, a finite number
   * @return NaN throughout if there is no positive or no negative case
   * @throws IllegalArgumentException if the lengths differ or a score is not finite
   */
  public static DeLong of(boolean[] positive, double[] scores) {
    Arguments.require(
        positive.length == scores.length,
        "scores must hold one value per case = %d, got %d",
        positive.length,
        scores.length);
    for (double score : scores) {
      Arguments.requireFinite("score", score);
    }
    double[] ranks = Midranks.of(scores);
    // Above how many of the other kind a case lies is its rank among all less that among its own.
    double[] ownRanks = new double[scores.length];
    int positives = ranksAmong(true, positive, scores, ownRanks);
    int negatives = ranksAmong(false, positive, scores, ownRanks);
    double[] share = new double[scores.length];
    double sum = 0;
    for (int i = 0; i < share.length; i++) {
      double below = ranks[i] - ownRanks[i];
      share[i] = positive[i] ? below / negatives : 1 - below / positives;
      sum += positive[i] ? below : 0;
    }
    double auc = sum / ((double) positives * negatives);
    for (int i = 0; i < share.length; i++) {
      double n = positive[i] ? positives : negatives;
      share[i] = (share[i] - auc) / Math.sqrt(n * (n - 1));
    }
    return new DeLong(auc, share);
  }

  /** Writes the ranks of one kind of cases among themselves and gives their number. */
  private static int ranksAmong(boolean kind, boolean[] positive, double[] scores, double[] out) {
    int n = 0;
    double[] some = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      if (positive[i] == kind) {
        some[n++] = scores[i];
      }
    }
    double[] ranks = Midranks.of(Arrays.copyOf(some, n));
    for (int i = 0, k = 0; i < scores.length; i++) {
      if (positive[i] == kind) {
        out[i] = ranks[k++];
      }
    }
    return n;
  }

  /**
   * The mean of the areas that are defined, over the same cases.
   *
   * @param areas at least one
   * @return NaN throughout if none is defined
   */
  public static DeLong mean(List<DeLong> areas) {
    List<DeLong> defined = areas.stream().filter(a -> !Double.isNaN(a.auc)).toList();
    double[] deviations = new double[areas.get(0).deviations.length];
    for (DeLong area : defined) {
      for (int i = 0; i < deviations.length; i++) {
        deviations[i] += area.deviations[i] / defined.size();
      }
    }
    double auc = defined.stream().mapToDouble(DeLong::auc).average().orElse(Double.NaN);
    return new DeLong(auc, deviations);
  }

  /**
   * The difference of two areas over the same cases.
   *
   * @param other what to subtract
   * @return the difference
   */
  public DeLong minus(DeLong other) {
    double[] difference = deviations.clone();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= other.deviations[i];
    }
    return new DeLong(auc - other.auc, difference);
  }

  /**
   * The area.
   *
   * @return between 0 and 1 (a difference: -1 and 1), or NaN
   */
  public double auc() {
    return auc;
  }

  /**
   * The standard error of the area.
   *
   * @return above 0; NaN if the area is undefined, there is only one case of a kind, or no case
   *     deviates from the others (perfect separation): that is no knowledge of the error
   */
  public double standardError() {
    double sum = Double.isNaN(auc) ? Double.NaN : 0;
    for (double deviation : deviations) {
      sum += deviation * deviation;
    }
    return Math.sqrt(sum) < SMALLEST_ERROR ? Double.NaN : Math.sqrt(sum);
  }
}
