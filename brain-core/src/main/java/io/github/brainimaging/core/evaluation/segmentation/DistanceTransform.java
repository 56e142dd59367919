package io.github.brainimaging.core.evaluation.segmentation;

/**
 * The exact Euclidean distance transform in linear time: along each axis in turn the lower envelope
 * of the parabolas that stand on the squared distances so far (Felzenszwalb and Huttenlocher,
 * Theory of Computing 8, 2012, 415).
 */
final class DistanceTransform {

  private final double[] squared;
  private double[] line = new double[0];
  private int[] site = new int[0];
  private double[] from = new double[0];

  private DistanceTransform(double[] squared) {
    this.squared = squared;
  }

  /**
   * For every cell, the squared distance to the nearest cell of a set.
   *
   * @param set slice after slice, row after row; infinite distances result if it is empty
   * @param spacing distance between columns, between rows and between slices
   */
  static double[] squared(boolean[] set, int width, int height, int depth, double[] spacing) {
    double[] squared = new double[set.length];
    for (int i = 0; i < set.length; i++) {
      squared[i] = set[i] ? 0 : Double.POSITIVE_INFINITY;
    }
    DistanceTransform transform = new DistanceTransform(squared);
    transform.along(width, 1, spacing[0]);
    transform.along(height, width, spacing[1]);
    transform.along(depth, width * height, spacing[2]);
    return squared;
  }

  /** All lines of one axis: n cells each, a stride apart. */
  private void along(int n, int stride, double spacing) {
    if (n == 1) {
      return;
    }
    line = new double[n];
    site = new int[n];
    from = new double[n];
    for (int block = 0; block < squared.length; block += n * stride) {
      for (int start = block; start < block + stride; start++) {
        lowerEnvelope(start, stride, spacing);
      }
    }
  }

  /** Puts min over q of {@code line[q] + (spacing (x - q))^2} in the place of every x. */
  private void lowerEnvelope(int start, int stride, double spacing) {
    double unit = spacing * spacing;
    // The cells whose parabolas make the envelope, and where each of them begins to be the lowest.
    int last = -1;
    for (int q = 0; q < line.length; q++) {
      line[q] = squared[start + q * stride];
      if (line[q] == Double.POSITIVE_INFINITY) {
        continue;
      }
      double begin = Double.NEGATIVE_INFINITY;
      while (last >= 0) {
        int p = site[last];
        begin = ((line[q] - line[p]) / unit + (double) (q - p) * (q + p)) / (2.0 * (q - p));
        if (begin > from[last]) {
          break;
        }
        last--;
      }
      last++;
      site[last] = q;
      from[last] = last == 0 ? Double.NEGATIVE_INFINITY : begin;
    }
    for (int x = 0, k = 0; last >= 0 && x < line.length; x++) {
      while (k < last && from[k + 1] < x) {
        k++;
      }
      double distance = spacing * (x - site[k]);
      squared[start + x * stride] = line[site[k]] + distance * distance;
    }
  }
}
