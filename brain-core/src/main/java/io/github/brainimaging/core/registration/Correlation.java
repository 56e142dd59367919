package io.github.brainimaging.core.registration;

/** The correlation coefficient of two images, from sums over their common points. */
final class Correlation {

  private Correlation() {}

  /**
   * The coefficient.
   *
   * @param sums of a, b, a a, b b and a b
   * @param count number of points
   * @return -1 to 1; -1, which is the worst, if one image is constant
   */
  static double of(double[] sums, int count) {
    double a = sums[2] - sums[0] * sums[0] / count;
    double b = sums[3] - sums[1] * sums[1] / count;
    double both = sums[4] - sums[0] * sums[1] / count;
    double scale = Math.sqrt(a * b);
    return count > 0 && scale > 0 ? both / scale : -1;
  }
}
