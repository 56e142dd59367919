package io.github.brainimaging.core.slice;

import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the predictions of single slices become one of the volume. Where a rule looks for the most
 * suspicious slices, these are the ones with the highest {@link Prediction#tumorProbability}.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class SliceRule {

  private enum Kind {
    MEAN,
    TOP_MEAN,
    ATTENTION,
    MAJORITY
  }

  private final Kind kind;
  private final double value;

  private SliceRule(Kind kind, double value) {
    this.kind = kind;
    this.value = value;
  }

  /**
   * The mean of all slices.
   *
   * @return the rule
   */
  public static SliceRule mean() {
    return new SliceRule(Kind.MEAN, 0);
  }

  /**
   * The most suspicious slice alone.
   *
   * @return the rule
   */
  public static SliceRule maximum() {
    return topMean(1);
  }

  /**
   * The mean of the most suspicious slices.
   *
   * @param count how many, positive; all if there are fewer
   * @return the rule
   * @throws IllegalArgumentException if the count is not positive
   */
  public static SliceRule topMean(int count) {
    return new SliceRule(Kind.TOP_MEAN, Arguments.requirePositive("count", count));
  }

  /**
   * The mean of all slices, weighted by {@code exp(tumorProbability / temperature)}: between {@link
   * #mean} (high temperature) and {@link #maximum} (low).
   *
   * @param temperature positive; 0.1 to 0.5 are usual
   * @return the rule
   * @throws IllegalArgumentException if the temperature is not positive
   */
  public static SliceRule attention(double temperature) {
    Arguments.require(
        temperature > 0 && temperature < Double.POSITIVE_INFINITY,
        "temperature must be positive, got %s",
        temperature);
    return new SliceRule(Kind.ATTENTION, temperature);
  }

  /**
   * First whether, then what: there is a tumor where the mean tumor probability of all slices is
   * above a half, and the answer is the mean of the slices that say the same.
   *
   * @return the rule
   */
  public static SliceRule majority() {
    return new SliceRule(Kind.MAJORITY, 0);
  }

  /**
   * Applies the rule.
   *
   * @param slices the predictions of the slices, one or more, with equal labels
   * @return the prediction of the volume
   * @throws IllegalArgumentException if there are none or their labels differ
   */
  public Prediction apply(List<Prediction> slices) {
    return Prediction.mean(slices, weights(slices));
  }

  /** The share of each slice in the answer; none is negative, and one at least is positive. */
  double[] weights(List<Prediction> slices) {
    Arguments.require(!slices.isEmpty(), "slices must not be empty, got %s", slices);
    double[] weights = new double[slices.size()];
    switch (kind) {
      case MEAN -> Arrays.fill(weights, 1);
      case TOP_MEAN ->
          IntStream.range(0, weights.length)
              .boxed()
              .sorted(
                  Comparator.comparingDouble((Integer i) -> -slices.get(i).tumorProbability())
                      .thenComparing(i -> i))
              .limit((long) value)
              .forEach(i -> weights[i] = 1);
      case ATTENTION -> {
        for (int i = 0; i < weights.length; i++) {
          weights[i] = Math.exp((slices.get(i).tumorProbability() - highest(slices)) / value);
        }
      }
      case MAJORITY -> {
        double mean = slices.stream().mapToDouble(Prediction::tumorProbability).average().orElse(0);
        for (int i = 0; i < weights.length; i++) {
          weights[i] = slices.get(i).isTumor() == mean > 0.5 ? 1 : 0;
        }
        if (Arrays.stream(weights).sum() == 0) { // none of them says what all together mean
          Arrays.fill(weights, 1);
        }
      }
    }
    return weights;
  }

  private static double highest(List<Prediction> slices) {
    return slices.stream().mapToDouble(Prediction::tumorProbability).max().orElseThrow();
  }

  /** Kind and value. */
  @Override
  public String toString() {
    return "SliceRule[" + kind + (value == 0 ? "" : ", " + value) + "]";
  }
}
