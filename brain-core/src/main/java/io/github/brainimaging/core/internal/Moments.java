package io.github.brainimaging.core.internal;

import java.util.Arrays;

/**
 * The first four moments of numbers.
 *
 * @param mean their mean
 * @param deviation standard deviation, of all of them (divided by n)
 * @param skewness third standardized moment; 0 if they are all the same
 * @param kurtosis fourth standardized moment, 3 for a normal distribution; 0 if they are all the
 *     same
 */
public record Moments(double mean, double deviation, double skewness, double kurtosis) {

  /**
   * Of at least one number.
   *
   * @param values the numbers
   * @return their moments
   */
  public static Moments of(double[] values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (double value : values) {
      double square = (value - mean) * (value - mean);
      second += square / values.length;
      third += square * (value - mean) / values.length;
      fourth += square * square / values.length;
    }
    double deviation = Math.sqrt(second);
    return second == 0
        ? new Moments(mean, 0, 0, 0)
        : new Moments(mean, deviation, third / (deviation * second), fourth / (second * second));
  }
}
