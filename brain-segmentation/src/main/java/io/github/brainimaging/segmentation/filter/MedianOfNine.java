package io.github.brainimaging.segmentation.filter;

/**
 * The median of a 3x3 window by a sorting network. Every column of three is sorted once; the median
 * of the window is then the median of the largest of the three minima, the median of the three
 * medians and the smallest of the three maxima.
 *
 * <p>Works on integers in the order of the floats, because the virtual machine turns the minimum
 * and maximum of integers into vector instructions, those of floats hardly.
 */
final class MedianOfNine {

  private MedianOfNine() {}

  static float[] filter(float[] samples, int width, int height) {
    int[] above = new int[width];
    int[] center = new int[width];
    int[] below = new int[width];
    int[] low = new int[width + 2];
    int[] middle = new int[width + 2];
    int[] high = new int[width + 2];
    int[] median = new int[width];
    float[] result = new float[samples.length];
    readRow(samples, 0, center);
    System.arraycopy(center, 0, above, 0, width);
    for (int y = 0; y < height; y++) {
      readRow(samples, Math.min(y + 1, height - 1) * width, below);
      sortColumns(above, center, below, low, middle, high);
      repeatBorder(low);
      repeatBorder(middle);
      repeatBorder(high);
      mergeColumns(low, middle, high, median);
      for (int x = 0; x < width; x++) {
        result[y * width + x] = Float.intBitsToFloat(ordered(median[x]));
      }
      int[] free = above;
      above = center;
      center = below;
      below = free;
    }
    return result;
  }

  private static void readRow(float[] samples, int offset, int[] row) {
    for (int x = 0; x < row.length; x++) {
      row[x] = ordered(Float.floatToRawIntBits(samples[offset + x]));
    }
  }

  /** Bits of a float to an integer of the same order, and back. */
  private static int ordered(int bits) {
    return bits ^ ((bits >> 31) & 0x7FFFFFFF);
  }

  private static void sortColumns(
      int[] above, int[] center, int[] below, int[] low, int[] middle, int[] high) {
    for (int x = 0; x < above.length; x++) {
      int smaller = Math.min(above[x], center[x]);
      int larger = Math.max(above[x], center[x]);
      low[x + 1] = Math.min(smaller, below[x]);
      middle[x + 1] = Math.max(smaller, Math.min(larger, below[x]));
      high[x + 1] = Math.max(larger, below[x]);
    }
  }

  private static void repeatBorder(int[] row) {
    row[0] = row[1];
    row[row.length - 1] = row[row.length - 2];
  }

  private static void mergeColumns(int[] low, int[] middle, int[] high, int[] median) {
    for (int x = 0; x < median.length; x++) {
      int a = Math.max(Math.max(low[x], low[x + 1]), low[x + 2]);
      int b = median(middle[x], middle[x + 1], middle[x + 2]);
      int c = Math.min(Math.min(high[x], high[x + 1]), high[x + 2]);
      median[x] = median(a, b, c);
    }
  }

  private static int median(int a, int b, int c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
