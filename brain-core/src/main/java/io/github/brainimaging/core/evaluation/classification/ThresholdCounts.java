package io.github.brainimaging.core.evaluation.classification;

import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many cases have a score of at least a threshold.
 *
 * @param threshold the score
 * @param truePositives positive cases among them
 * @param falsePositives negative cases among them
 */
record ThresholdCounts(double threshold, int truePositives, int falsePositives) {

  /** For positive infinity, then for every different score, falling. */
  static List<ThresholdCounts> of(boolean[] positive, double[] scores) {
    Arguments.require(
        positive.length == scores.length,
        "scores must hold one value per case = %d, got %d",
        positive.length,
        scores.length);
    for (double score : scores) {
      Arguments.requireFinite("score", score);
    }
    // Adding 0 makes one of the two zeros.
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -(scores[i] + 0.0)))
            .mapToInt(Integer::intValue)
            .toArray();
    List<ThresholdCounts> counts = new ArrayList<>();
    counts.add(new ThresholdCounts(Double.POSITIVE_INFINITY, 0, 0));
    int truePositives = 0;
    for (int i = 0; i < order.length; i++) {
      truePositives += positive[order[i]] ? 1 : 0;
      boolean lastOfTie = i + 1 == order.length || scores[order[i + 1]] != scores[order[i]];
      if (lastOfTie) {
        counts.add(new ThresholdCounts(scores[order[i]], truePositives, i + 1 - truePositives));
      }
    }
    return counts;
  }
}
