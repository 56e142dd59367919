package io.github.brainimaging.core.evaluation.classification;

import io.github.brainimaging.core.evaluation.ConfidenceInterval;
import io.github.brainimaging.core.evaluation.internal.DeLong;
import io.github.brainimaging.core.evaluation.internal.Distributions;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * The receiver operating characteristic: what share of the positives and of the negatives is called
 * positive as the threshold falls. One point for every different score, as scikit-learn's {@code
 * roc_curve(drop_intermediate=False)}. Its area is {@link #area}.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param points from (0, 0), with a threshold of positive infinity, to (1, 1); thresholds fall
 * @since 0.1.0
 */
public record RocCurve(List<OperatingPoint> points) {

  /**
   * One choice of the threshold.
   *
   * @param threshold cases with this score or a higher one are called positive
   * @param falsePositiveRate share of the negatives that is called positive, 1 - specificity
   * @param truePositiveRate share of the positives that is called positive, the sensitivity
   */
  public record OperatingPoint(
      double threshold, double falsePositiveRate, double truePositiveRate) {}

  /**
   * Copies the points.
   *
   * @param points from (0, 0) to (1, 1)
   */
  public RocCurve {
    points = List.copyOf(points);
  }

  /**
   * Computes the curve in time O(N log N).
   *
   * @param positive for every case, whether it is positive in truth; both kinds must occur
   * @param scores for every case, a finite number that is larger the more the case looks positive
   * @return the curve
   * @throws IllegalArgumentException if the lengths differ, a score is not finite or all cases are
   *     of one kind
   */
  public static RocCurve of(boolean[] positive, double[] scores) {
    List<ThresholdCounts> counts = ThresholdCounts.of(positive, scores);
    ThresholdCounts last = counts.get(counts.size() - 1);
    Arguments.require(
        last.truePositives() > 0 && last.falsePositives() > 0,
        "positive must hold positive and negative cases, got %s and %s",
        last.truePositives(),
        last.falsePositives());
    List<OperatingPoint> points = new ArrayList<>();
    for (ThresholdCounts c : counts) {
      points.add(
          new OperatingPoint(
              c.threshold(),
              (double) c.falsePositives() / last.falsePositives(),
              (double) c.truePositives() / last.truePositives()));
    }
    return new RocCurve(points);
  }

  /**
   * Computes the area under the curve: the probability that a positive case has a higher score than
   * a negative one, ties counted half. It is the Mann-Whitney statistic
   *
   * <pre>  AUC = (R - p (p + 1) / 2) / (p n)</pre>
   *
   * with p positives, n negatives and R the sum of the positives' ranks, equal scores sharing their
   * mean rank (Hanley and McNeil, Radiology 143, 1982, 29). Equal to the trapezoidal area under the
   * curve, which scikit-learn's {@code roc_auc_score} computes. Time O(N log N).
   *
   * @param positive for every case, whether it is positive in truth
   * @param scores for every case, a finite number that is larger the more the case looks positive
   * @return between 0 and 1; NaN if there is no positive or no negative case
   * @throws IllegalArgumentException if the lengths differ or a score is not finite
   */
  public static double area(boolean[] positive, double[] scores) {
    return DeLong.of(positive, scores).auc();
  }

  /**
   * Computes the area and its interval by DeLong's method (Biometrics 44, 1988, 837): the area plus
   * and minus a normal quantile times its standard error, cut to 0 and 1. It holds for independent
   * cases.
   *
   * @param positive for every case, whether it is positive in truth
   * @param scores for every case, a finite number that is larger the more the case looks positive
   * @param level the confidence, such as 0.95
   * @return the area and its interval; NaN if there is no positive or no negative case, the ends
   *     also if there is only one of a kind, or the cases do not vary, as where an area is 1: then
   *     nothing tells its error
   * @throws IllegalArgumentException if the lengths differ, a score is not finite or the level is
   *     not between 0 and 1
   */
  public static ConfidenceInterval areaInterval(boolean[] positive, double[] scores, double level) {
    return areaInterval(DeLong.of(positive, scores), level);
  }

  static ConfidenceInterval areaInterval(DeLong area, double level) {
    Arguments.require(level > 0 && level < 1, "level must be between 0 and 1, got %s", level);
    double reach = Distributions.normalQuantile((1 - level) / 2) * area.standardError();
    return new ConfidenceInterval(
        area.auc(), Math.max(0, area.auc() - reach), Math.min(1, area.auc() + reach), level);
  }
}
