package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/** The weighted mean of several probabilities of each label. */
final class WeightedMean {

  private WeightedMean() {}

  static double[] of(List<double[]> probabilities, double... weights) {
    double[] means = new double[probabilities.get(0).length];
    double total = 0;
    for (int p = 0; p < weights.length; p++) {
      Arguments.require(weights[p] >= 0, "weights must not be negative, got %s", weights[p]);
      total += weights[p];
      for (int i = 0; i < means.length; i++) {
        means[i] += weights[p] * probabilities.get(p)[i];
      }
    }
    Arguments.require(
        total > 0 && total < Double.POSITIVE_INFINITY,
        "weights must sum to more than 0, got %s",
        total);
    for (int i = 0; i < means.length; i++) {
      means[i] = Math.min(1, means[i] / total);
    }
    return means;
  }
}
