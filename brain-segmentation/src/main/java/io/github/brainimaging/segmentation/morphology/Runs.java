package io.github.brainimaging.segmentation.morphology;

import java.util.Arrays;

/** The runs of pixels of a mask, row by row: first column and the column after the last. */
final class Runs {

  private final int width;
  private final int[] bounds;
  private final int[] rowStart;

  private Runs(int width, int[] bounds, int[] rowStart) {
    this.width = width;
    this.bounds = bounds;
    this.rowStart = rowStart;
  }

  static Runs of(boolean[] inside, int width, int height) {
    int[] bounds = new int[64];
    int[] rowStart = new int[height + 1];
    int n = 0;
    for (int y = 0; y < height; y++) {
      boolean before = false;
      for (int x = 0; x <= width; x++) {
        boolean now = x < width && inside[y * width + x];
        if (now != before) {
          if (n == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * n);
          }
          bounds[n++] = x;
          before = now;
        }
      }
      rowStart[y + 1] = n;
    }
    return new Runs(width, bounds, rowStart);
  }

  /** Adds +1 where a run of the row begins and -1 where it ends, made longer on both sides. */
  void addTo(int[] change, int row, int reach) {
    for (int i = rowStart[row]; i < rowStart[row + 1]; i += 2) {
      change[Math.max(0, bounds[i] - reach)]++;
      change[Math.min(width, bounds[i + 1] + reach)]--;
    }
  }
}
