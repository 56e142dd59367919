package io.github.brainimaging.core.evaluation.classification;

import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * The receiver operating characteristic: what share of the positives and of the negatives is called
 * positive as the threshold falls. One point for every different score, as scikit-learn's {@code
 * roc_curve(drop_intermediate=False)}. Its area is {@link AreaUnderRocCurve}.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param points from (0, 0), with a threshold of positive infinity, to (1, 1); thresholds fall
 */
public record RocCurve(List<Point> points) {

  /**
   * One choice of the threshold.
   *
   * @param threshold cases with this score or a higher one are called positive
   * @param falsePositiveRate share of the negatives that is called positive, 1 - specificity
   * @param truePositiveRate share of the positives that is called positive, the sensitivity
   */
  public record Point(double threshold, double falsePositiveRate, double truePositiveRate) {}

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
    List<Point> points = new ArrayList<>();
    for (ThresholdCounts c : counts) {
      points.add(
          new Point(
              c.threshold(),
              (double) c.falsePositives() / last.falsePositives(),
              (double) c.truePositives() / last.truePositives()));
    }
    return new RocCurve(points);
  }
}
