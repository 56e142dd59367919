package io.github.brainimaging.core.measure;

import io.github.brainimaging.core.measure.LesionFeatures.Texture;

/** Gray-level co-occurrence (Haralick et al. 1973) of neighbors within a region. */
final class CoOccurrence {

  private static final int[][] DIRECTIONS = {{1, 0}, {1, 1}, {0, 1}, {-1, 1}};

  private CoOccurrence() {}

  /**
   * The measures, the mean of four directions.
   *
   * @param levels per pixel its level, -1 outside
   * @param width columns
   * @param count number of levels
   */
  static Texture texture(int[] levels, int width, int count) {
    double[] sum = new double[4];
    for (int[] step : DIRECTIONS) {
      double[] found = measures(pairs(levels, width, count, step[0], step[1]));
      for (int i = 0; i < sum.length; i++) {
        sum[i] += found[i] / DIRECTIONS.length;
      }
    }
    return new Texture(sum[0], sum[1], sum[2], sum[3]);
  }

  /** How often two levels are neighbors, in either order. */
  private static int[][] pairs(int[] levels, int width, int count, int dx, int dy) {
    int[][] pairs = new int[count][count];
    for (int i = 0; i < levels.length; i++) {
      int x = i % width + dx;
      int other = i + dy * width + dx;
      boolean lies = x >= 0 && x < width && other < levels.length;
      if (lies && levels[i] >= 0 && levels[other] >= 0) {
        pairs[levels[i]][levels[other]]++;
        pairs[levels[other]][levels[i]]++;
      }
    }
    return pairs;
  }

  private static double[] measures(int[][] pairs) {
    long total = 0;
    double mean = 0;
    for (int i = 0; i < pairs.length; i++) {
      for (int n : pairs[i]) {
        total += n;
        mean += (double) i * n;
      }
    }
    if (total == 0) {
      return new double[] {0, 1, 1, 1};
    }
    mean /= total;
    double contrast = 0;
    double covariance = 0;
    double variance = 0;
    double squares = 0;
    double homogeneity = 0;
    for (int i = 0; i < pairs.length; i++) {
      for (int j = 0; j < pairs.length; j++) {
        double p = (double) pairs[i][j] / total;
        double difference = (double) i - j;
        contrast += p * difference * difference;
        homogeneity += p / (1 + difference * difference);
        squares += p * p;
        covariance += p * (i - mean) * (j - mean);
        variance += p * (i - mean) * (i - mean);
      }
    }
    double correlation = variance < 1e-15 ? 1 : covariance / variance;
    return new double[] {contrast, correlation, Math.sqrt(squares), homogeneity};
  }
}
