package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How much several runs of the same question disagree: those of an ensemble, of changed copies of
 * the image, or of a network with its dropout alive. With p_rc the probability of class c in run r
 * and bars for means over the runs:
 *
 * <pre>
 *   entropy              sum over c of -p̄_c ln p̄_c                 all doubt, also the model's own
 *   mutual information   entropy - mean over r of the same of p_r   the part that is disagreement
 * </pre>
 *
 * (N. Houlsby et al., "Bayesian Active Learning for Classification and Preference Learning", 2011).
 * Of labels that do not exclude each other both are sums over the labels, each with its opposite.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param runs how many there were, at least 1
 * @param deviations of each label's probability, the standard deviation over the runs, 0 to 0.5
 * @param entropy in nats: 0 (certain) to the logarithm of the number of labels
 * @param mutualInformation in nats: 0 (all runs agree) to {@code entropy}
 * @param low below it 5 % of the runs put the probability of the mean's label
 * @param high above it 5 % of the runs put it. Between both lie nine tenths of the runs: an
 *     interval of this model's doubts, not of the truth
 * @since 0.1.0
 */
public record Uncertainty(
    int runs,
    Map<String, Double> deviations,
    double entropy,
    double mutualInformation,
    double low,
    double high) {

  private static final double TAIL_PERCENT = 5;

  /**
   * Copies the deviations.
   *
   * @param runs at least 1
   * @param deviations by label
   * @param entropy 0 or more
   * @param mutualInformation 0 or more
   * @param low 0 to {@code high}
   * @param high up to 1
   * @throws IllegalArgumentException if a value is out of range
   */
  public Uncertainty {
    Arguments.requirePositive("runs", runs);
    deviations = Collections.unmodifiableMap(new LinkedHashMap<>(deviations));
    Arguments.require(entropy >= 0, "entropy must be 0 or more, got %s", entropy);
    Arguments.require(
        mutualInformation >= 0, "mutualInformation must be 0 or more, got %s", mutualInformation);
    Arguments.require(
        low >= 0 && low <= high && high <= 1,
        "low and high must rise between 0 and 1, got %s and %s",
        low,
        high);
  }

  /** Of runs whose mean is known. */
  static Uncertainty of(List<Prediction> runs, Prediction mean) {
    Map<String, Double> deviations = new LinkedHashMap<>();
    for (String label : mean.probabilities().keySet()) {
      double expected = mean.probability(label);
      double squares = average(runs, run -> Math.pow(run.probability(label) - expected, 2));
      deviations.put(label, Math.sqrt(squares));
    }
    double[] ofLabel = runs.stream().mapToDouble(mean::probabilityIn).sorted().toArray();
    double entropy = entropy(mean);
    return new Uncertainty(
        runs.size(),
        deviations,
        entropy,
        Math.max(0, entropy - average(runs, Uncertainty::entropy)),
        Percentiles.inSorted(ofLabel, TAIL_PERCENT),
        Percentiles.inSorted(ofLabel, 100 - TAIL_PERCENT));
  }

  private static double average(List<Prediction> runs, ToDoubleFunction<Prediction> value) {
    return runs.stream().mapToDouble(value).average().orElseThrow();
  }

  private static double entropy(Prediction prediction) {
    return prediction.probabilities().values().stream()
        .mapToDouble(p -> prediction.independent ? ofTwo(p) : term(p))
        .sum();
  }

  /** The entropy of something that is so with a probability, in nats. */
  static double ofTwo(double p) {
    return term(p) + term(1 - p);
  }

  private static double term(double p) {
    return p > 0 ? -p * Math.log(p) : 0;
  }
}
