package io.github.brainimaging.core.internal;

/** The correlation coefficient of two series of numbers, from sums over their pairs. */
public final class Correlation {

  private Correlation() {}

  /**
   * The coefficient.
   *
   * @param sums of a, b, a a, b b and a b
   * @param count number of pairs
   * @return -1 to 1; NaN if there are no pairs or one series is constant
   */
  public static double of(double[] sums, double count) {
    double a = sums[2] - sums[0] * sums[0] / count;
    double b = sums[3] - sums[1] * sums[1] / count;
    double both = sums[4] - sums[0] * sums[1] / count;
    double scale = Math.sqrt(a * b);
    return count > 0 && scale > 0 ? both / scale : Double.NaN;
  }
}
