package io.github.brainimaging.models.card;

import java.util.Arrays;

/**
 * What the numbers are that a network gives for the labels.
 *
 * @since 0.1.0
 */
public enum Activation {
  /** Probabilities that sum to 1: the network ends in a softmax. Used as they are. */
  SOFTMAX,
  /**
   * One independent probability per label: the network ends in sigmoids. Used as they are; they
   * need not sum to 1.
   */
  SIGMOID,
  /**
   * Unbounded scores, before a softmax, which the classifier then applies; one score alone is
   * before a sigmoid.
   */
  LOGITS,
  /** One unbounded score per label, each before a sigmoid of its own, which is then applied. */
  SIGMOID_LOGITS;

  /** A probability may leave [0, 1], and the sum 1, by this much: half-precision arithmetic. */
  private static final double TOLERANCE = 0.01;

  /**
   * Turns what the network gave for one image into probabilities.
   *
   * @param outputs one value per label, all finite
   * @return one value between 0 and 1 per label
   * @throws ModelException if the values are no probabilities although they should be
   */
  public double[] probabilities(double[] outputs) {
    return switch (this) {
      case LOGITS -> outputs.length == 1 ? sigmoid(outputs) : softmax(outputs);
      case SIGMOID_LOGITS -> sigmoid(outputs);
      case SOFTMAX, SIGMOID -> checked(outputs);
    };
  }

  /**
   * Whether the labels do not exclude each other: each has a sigmoid of its own.
   *
   * @param outputs number of values for one image
   * @return true for sigmoids, and for one output that is no softmax
   */
  public boolean independent(int outputs) {
    return this == SIGMOID || this == SIGMOID_LOGITS || (this == LOGITS && outputs == 1);
  }

  private static double[] sigmoid(double[] logits) {
    double[] result = new double[logits.length]; // no stream: there is one call per pixel of a map
    for (int i = 0; i < result.length; i++) {
      result[i] = 1 / (1 + Math.exp(-logits[i]));
    }
    return result;
  }

  /**
   * Brings probabilities to a temperature, as if the scores before the activation had been divided
   * by it: of a softmax, {@code p^(1/T)} over their sum; of sigmoids, {@code 1 / (1 + ((1 -
   * p)/p)^(1/T))}.
   *
   * @param probabilities one value between 0 and 1 per label
   * @param temperature positive; 1 changes nothing, below 1 probabilities become surer
   * @return one value between 0 and 1 per label
   */
  public double[] sharpened(double[] probabilities, double temperature) {
    if (temperature == 1) {
      return probabilities.clone();
    }
    double[] result = new double[probabilities.length];
    double max = Arrays.stream(probabilities).max().orElse(1);
    double sum = 0;
    boolean independent = independent(result.length);
    for (int i = 0; i < result.length; i++) {
      double p = probabilities[i];
      result[i] =
          independent
              ? 1 / (1 + Math.pow((1 - p) / p, 1 / temperature))
              : Math.pow(p / max, 1 / temperature); // the largest is 1: no underflow of all
      sum += result[i];
    }
    for (int i = 0; !independent && i < result.length; i++) {
      result[i] /= sum;
    }
    return result;
  }

  /** exp(x - max) / sum, which cannot overflow. */
  static double[] softmax(double[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double x : logits) {
      max = Math.max(max, x);
    }
    double[] result = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.exp(logits[i] - max);
      sum += result[i];
    }
    for (int i = 0; i < result.length; i++) {
      result[i] /= sum;
    }
    return result;
  }

  private double[] checked(double[] values) {
    double[] result = new double[values.length];
    double sum = 0;
    for (int i = 0; i < result.length; i++) {
      require(values[i] >= -TOLERANCE && values[i] <= 1 + TOLERANCE, values);
      result[i] = Math.min(Math.max(values[i], 0), 1);
      sum += values[i];
    }
    require(this != SOFTMAX || Math.abs(sum - 1) <= TOLERANCE, values);
    return result;
  }

  private void require(boolean condition, double[] values) {
    if (condition) {
      return;
    }
    throw new ModelException(
        String.format(
            "the outputs should be %s by the card but are no such probabilities: %s;"
                + " if they are scores before a softmax, the card must say LOGITS",
            this, Arrays.toString(values)));
  }
}
