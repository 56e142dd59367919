package io.github.brainimaging.core.evaluation.classification;

import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * Precision over recall as the threshold falls. One point for every different score, as
 * scikit-learn's {@code precision_recall_curve}, in the opposite order.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param points from recall 0, with precision 1 and a threshold of positive infinity, to recall 1;
 *     thresholds fall
 * @since 0.1.0
 */
public record PrecisionRecallCurve(List<OperatingPoint> points) {

  /**
   * One choice of the threshold.
   *
   * @param threshold cases with this score or a higher one are called positive
   * @param recall share of the positives that is called positive
   * @param precision share of what is called positive that is
   */
  public record OperatingPoint(double threshold, double recall, double precision) {}

  /**
   * Copies the points.
   *
   * @param points from recall 0 to recall 1
   */
  public PrecisionRecallCurve {
    points = List.copyOf(points);
  }

  /**
   * Computes the curve in time O(N log N).
   *
   * @param positive for every case, whether it is positive in truth; at least one is
   * @param scores for every case, a finite number that is larger the more the case looks positive
   * @return the curve
   * @throws IllegalArgumentException if the lengths differ, a score is not finite or no case is
   *     positive
   */
  public static PrecisionRecallCurve of(boolean[] positive, double[] scores) {
    List<ThresholdCounts> counts = ThresholdCounts.of(positive, scores);
    int positives = counts.get(counts.size() - 1).truePositives();
    Arguments.require(positives > 0, "positive must hold at least one positive case, got none");
    List<OperatingPoint> points = new ArrayList<>();
    for (ThresholdCounts c : counts) {
      int called = c.truePositives() + c.falsePositives();
      points.add(
          new OperatingPoint(
              c.threshold(),
              (double) c.truePositives() / positives,
              called == 0 ? 1 : (double) c.truePositives() / called));
    }
    return new PrecisionRecallCurve(points);
  }

  /**
   * The average precision: the sum over the points of precision times gain of recall, without
   * interpolation, as scikit-learn's {@code average_precision_score}. Chance gives the share of the
   * positives.
   *
   * @return between 0 and 1
   */
  public double averagePrecision() {
    double sum = 0;
    for (int i = 1; i < points.size(); i++) {
      sum += points.get(i).precision() * (points.get(i).recall() - points.get(i - 1).recall());
    }
    return sum;
  }
}
