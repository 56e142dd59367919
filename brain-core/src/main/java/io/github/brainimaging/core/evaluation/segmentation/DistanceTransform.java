package io.github.brainimaging.core.evaluation.segmentation;

import java.util.Arrays;

/**
 * The exact Euclidean distance transform in linear time: squared distances along the columns, then
 * along each row the lower envelope of the parabolas that stand on them (Felzenszwalb and
 * Huttenlocher, Theory of Computing 8, 2012, 415).
 */
final class DistanceTransform {

  private DistanceTransform() {}

  /**
   * For every pixel, the squared distance to the nearest pixel of a set.
   *
   * @param set row after row; infinite distances result if it is empty
   * @param spacingX distance between columns
   * @param spacingY distance between rows
   */
  static double[] squared(boolean[] set, int width, int height, double spacingX, double spacingY) {
    double[] squared = alongColumns(set, width, height, spacingY);
    double[] row = new double[width];
    int[] site = new int[width];
    double[] from = new double[width];
    for (int y = 0; y < height; y++) {
      System.arraycopy(squared, y * width, row, 0, width);
      lowerEnvelope(row, spacingX, squared, y * width, site, from);
    }
    return squared;
  }

  private static double[] alongColumns(boolean[] set, int width, int height, double spacing) {
    double[] distance = new double[set.length];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    for (int x = 0; x < width; x++) {
      int last = -1;
      for (int y = 0; y < height; y++) {
        last = set[y * width + x] ? y : last;
        if (last >= 0) {
          distance[y * width + x] = square(spacing * (y - last));
        }
      }
      last = -1;
      for (int y = height - 1; y >= 0; y--) {
        last = set[y * width + x] ? y : last;
        if (last >= 0) {
          distance[y * width + x] = Math.min(distance[y * width + x], square(spacing * (last - y)));
        }
      }
    }
    return distance;
  }

  /**
   * Writes min over q of {@code row[q] + (spacing (x - q))^2} for every x.
   *
   * @param site scratch: columns whose parabolas make the envelope
   * @param from scratch: where each of them begins to be the lowest
   */
  private static void lowerEnvelope(
      double[] row, double spacing, double[] out, int offset, int[] site, double[] from) {
    double unit = spacing * spacing;
    int last = -1;
    for (int q = 0; q < row.length; q++) {
      if (row[q] == Double.POSITIVE_INFINITY) {
        continue;
      }
      double start = Double.NEGATIVE_INFINITY;
      while (last >= 0) {
        int p = site[last];
        start = ((row[q] - row[p]) / unit + (double) (q - p) * (q + p)) / (2.0 * (q - p));
        if (start > from[last]) {
          break;
        }
        last--;
      }
      last++;
      site[last] = q;
      from[last] = last == 0 ? Double.NEGATIVE_INFINITY : start;
    }
    for (int x = 0, k = 0; last >= 0 && x < row.length; x++) {
      while (k < last && from[k + 1] < x) {
        k++;
      }
      out[offset + x] = row[site[k]] + square(spacing * (x - site[k]));
    }
  }

  private static double square(double v) {
    return v * v;
  }
}
