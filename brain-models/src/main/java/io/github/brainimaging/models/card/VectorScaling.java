package io.github.brainimaging.models.card;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Corrects the probabilities of labels that exclude each other, each by its own factor and bias:
 * {@code softmax(factor_c x log(p_c) + bias_c)}, where {@code p} are those at the card's
 * temperature (vector scaling: Guo et al., "On calibration of modern neural networks", 2017). Where
 * a network is too sure of one class and too little of another, one temperature helps neither.
 *
 * <p>Unlike a temperature it may change which class is the likeliest: a bias moves the border
 * between two classes. Probabilities below 1e-12 are taken for that.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param factors one per label, finite; 1 changes nothing
 * @param biases one per label, finite; equal ones change nothing
 * @since 0.1.0
 */
public record VectorScaling(List<Double> factors, List<Double> biases) {

  private static final VectorScaling NONE = new VectorScaling(List.of(), List.of());

  /** What is less is taken for this: its logarithm would be no number. */
  private static final double LEAST = 1e-12;

  /**
   * Checks and copies the values.
   *
   * @param factors one per label, finite
   * @param biases one per label, finite
   * @throws IllegalArgumentException if there are not as many biases as factors, or a value is not
   *     finite
   */
  public VectorScaling {
    factors = List.copyOf(factors);
    biases = List.copyOf(biases);
    Arguments.require(
        factors.size() == biases.size(),
        "biases must be as many as the factors %s, got %s",
        factors,
        biases);
    factors.forEach(factor -> Arguments.requireFinite("factor", factor));
    biases.forEach(bias -> Arguments.requireFinite("bias", bias));
  }

  /**
   * Changes nothing, whatever the labels.
   *
   * @return without factors and biases
   */
  public static VectorScaling none() {
    return NONE;
  }

  /**
   * Fits factors and biases to cases whose label is known: those with the smallest log loss, summed
   * over the cases, plus half the squares of what the factors are off 1 and the biases off 0. The
   * penalty keeps what few cases say little of where it was, and weighs less the more there are.
   *
   * @param probabilities what was said of each case, one value between 0 and 1 per label, at the
   *     card's temperature
   * @param truth the index of the true label of each case
   * @return rounded to four decimals; equal cases give equal ones
   * @throws IllegalArgumentException if there are no cases, not as many of the one as of the other,
   *     not as many values for each, or a value is not 0 to 1
   */
  public static VectorScaling fit(List<double[]> probabilities, List<Integer> truth) {
    Arguments.require(
        !truth.isEmpty() && truth.size() == probabilities.size(),
        "truth must have one label for each of %s cases, at least one, got %s",
        probabilities.size(),
        truth.size());
    List<double[]> logarithms =
        IntStream.range(0, probabilities.size())
            .mapToObj(i -> logarithms("probability of case " + i, probabilities.get(i)))
            .toList();
    return new ScalingFit(logarithms, truth).fit();
  }

  /**
   * Whether it changes nothing.
   *
   * @return true without factors
   */
  public boolean isNone() {
    return factors.isEmpty();
  }

  /** Of a classifier with these labels, or none. */
  void requireFit(Task task, Activation activation, List<String> labels) {
    Arguments.require(
        isNone()
            || (factors.size() == labels.size()
                && task != Task.SEGMENTATION
                && !activation.independent(labels.size())),
        "scaling must be of a classifier with the labels %s, which must exclude each other, got %s"
            + " for %s and %s",
        labels,
        this,
        task,
        activation);
  }

  /**
   * Corrects probabilities.
   *
   * @param probabilities one value between 0 and 1 per label; or, of two labels, that of the second
   *     alone
   * @return as many values between 0 and 1
   * @throws IllegalArgumentException if there are neither so many, or one is not 0 to 1
   */
  public double[] applied(double... probabilities) {
    if (isNone()) {
      return probabilities.clone();
    }
    if (probabilities.length == 1 && factors.size() == 2) {
      return new double[] {applied(1 - probabilities[0], probabilities[0])[1]};
    }
    Arguments.require(
        probabilities.length == factors.size(),
        "probabilities must be %s, got %s",
        factors.size(),
        probabilities.length);
    double[] scores = logarithms("probability", probabilities);
    for (int c = 0; c < scores.length; c++) {
      scores[c] = factors.get(c) * scores[c] + biases.get(c);
    }
    return Activation.softmax(scores);
  }

  private static double[] logarithms(String name, double[] probabilities) {
    double[] result = new double[probabilities.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.log(Math.max(Arguments.requireShare(name, probabilities[i]), LEAST));
    }
    return result;
  }
}
