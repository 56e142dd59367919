package io.github.brainimaging.segmentation.threshold;

/** Counts the valleys of a histogram of gray values, for the automatic number of classes. */
final class Valleys {

  private static final int BINS = 256;

  /** Passes of the 1-2-1 kernel: a Gaussian with a standard deviation of 4 bins. */
  private static final int SMOOTHING_PASSES = 32;

  /** A valley must be lower than this part of the hills beside it. */
  private static final double DEPTH = 0.8;

  /** Part of the highest hill that is laid under all, so that the thin tails make no valleys. */
  private static final double FLOOR = 0.01;

  private static final int MAXIMUM = 4;

  private Valleys() {}

  /** Returns 1 to 4, 1 also where there is no valley at all. */
  static int count(float[] values, int n) {
    double[] heights = smooth(histogram(values, n));
    double highest = 0;
    for (double h : heights) {
      highest = Math.max(highest, h);
    }
    int valleys = 0;
    boolean climbing = true;
    double extreme = 0;
    for (double bare : heights) {
      double h = bare + FLOOR * highest;
      if (climbing) {
        extreme = Math.max(extreme, h);
        if (h < DEPTH * extreme) {
          climbing = false;
          extreme = h;
        }
      } else {
        extreme = Math.min(extreme, h);
        if (extreme < DEPTH * h) {
          climbing = true;
          extreme = h;
          valleys++;
        }
      }
    }
    return Math.min(Math.max(valleys, 1), MAXIMUM);
  }

  private static double[] histogram(float[] values, int n) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    double[] heights = new double[BINS];
    double scale = max > min ? (BINS - 1) / ((double) max - min) : 0;
    for (int i = 0; i < n; i++) {
      heights[(int) (((double) values[i] - min) * scale)]++;
    }
    return heights;
  }

  private static double[] smooth(double[] heights) {
    double[] current = heights;
    for (int pass = 0; pass < SMOOTHING_PASSES; pass++) {
      double[] next = new double[BINS];
      for (int i = 0; i < BINS; i++) {
        double left = current[Math.max(0, i - 1)];
        double right = current[Math.min(BINS - 1, i + 1)];
        next[i] = (left + 2 * current[i] + right) / 4;
      }
      current = next;
    }
    return current;
  }
}
