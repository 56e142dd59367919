package io.github.brainimaging.core.io.internal.codec.jpeg;

/**
 * Brings a component to the size of the image. A factor of 2 is interpolated with weights of 3/4
 * and 1/4, as the Independent JPEG Group's decoder does ("fancy upsampling"); others repeat.
 */
final class Upsampling {

  private Upsampling() {}

  static void apply(
      Component c,
      int horizontalMax,
      int verticalMax,
      int[] target,
      int offset,
      int width,
      int height) {
    boolean exact = horizontalMax % c.horizontal == 0 && verticalMax % c.vertical == 0;
    int fx = exact ? horizontalMax / c.horizontal : 0;
    int fy = exact ? verticalMax / c.vertical : 0;
    if (fx == 1 && fy == 1) {
      for (int y = 0; y < height; y++) {
        System.arraycopy(c.samples, y * c.stride, target, offset + y * width, width);
      }
    } else if (exact && fx <= 2 && fy <= 2 && c.width > 2) {
      smooth(c, fx == 2, fy == 2, target, offset, width, height);
    } else {
      for (int y = 0; y < height; y++) {
        int row = y * c.vertical / verticalMax * c.stride;
        for (int x = 0; x < width; x++) {
          target[offset + y * width + x] = c.samples[row + x * c.horizontal / horizontalMax];
        }
      }
    }
  }

  private static void smooth(
      Component c, boolean wide, boolean tall, int[] target, int offset, int width, int height) {
    int[] sums = new int[c.width];
    for (int y = 0; y < height; y++) {
      int row = tall ? y / 2 : y;
      int near = Math.max(0, Math.min(c.height - 1, y % 2 == 0 ? row - 1 : row + 1));
      for (int x = 0; x < c.width; x++) {
        int here = c.samples[row * c.stride + x];
        sums[x] = tall ? 3 * here + c.samples[near * c.stride + x] : 4 * here;
      }
      int at = offset + y * width;
      for (int x = 0; x < width; x++) {
        if (!wide) {
          target[at + x] = (4 * sums[x] + (y % 2 == 0 ? 4 : 8)) >> 4;
          continue;
        }
        int column = x / 2;
        boolean even = x % 2 == 0;
        int next = even ? column - 1 : column + 1;
        int bias = tall ? (even ? 8 : 7) : (even ? 4 : 8);
        if (next < 0 || next >= c.width) {
          target[at + x] = (4 * sums[column] + bias) >> 4;
        } else {
          target[at + x] = (3 * sums[column] + sums[next] + bias) >> 4;
        }
      }
    }
  }
}
