package io.github.brainimaging.core.io.internal.codec.jpeg2000;

/** The samples of a high-throughput code-block, and the two passes over the bit plane below. */
final class HtRefinement {

  /**
   * Doubled; zero where nothing was found yet. With a row and a column around, two at the right.
   */
  final int[] magnitudes;

  final boolean[] negative;
  private final int width;
  private final int height;
  private final int stride;
  private final int half;
  private final boolean causal;

  HtRefinement(int width, int height, int plane, boolean causal) {
    this.width = width;
    this.height = height;
    this.stride = width + 4;
    this.half = plane > 0 ? 1 << (plane - 1) : 0;
    this.causal = causal;
    this.magnitudes = new int[stride * (height + 2)];
    this.negative = new boolean[magnitudes.length];
  }

  int at(int x, int y) {
    return (y + 1) * stride + x + 1;
  }

  /** One more bit of each magnitude (T.814, 7.5). Comes before the other pass, which finds more. */
  void refine(HtBits bits) {
    for (int top = 0; top < height; top += 4) {
      for (int x = 0; x < width; x++) {
        for (int y = top; y < Math.min(height, top + 4); y++) {
          int at = at(x, y);
          if (magnitudes[at] != 0) {
            magnitudes[at] += bits.read(1) == 1 ? half : -half;
          }
        }
      }
    }
  }

  /** Samples beside those that are not zero (T.814, 7.4); each four columns their signs. */
  void propagate(HtBits bits) {
    int[] found = new int[16];
    for (int top = 0; top < height; top += 4) {
      for (int left = 0; left < width; left += 4) {
        int count = 0;
        for (int x = left; x < Math.min(width, left + 4); x++) {
          for (int y = top; y < Math.min(height, top + 4); y++) {
            int at = at(x, y);
            boolean blind = causal && y == top + 3;
            if (magnitudes[at] == 0 && hasNeighbor(at, blind) && bits.read(1) == 1) {
              magnitudes[at] = 3 * half;
              found[count++] = at;
            }
          }
        }
        for (int i = 0; i < count; i++) {
          negative[found[i]] = bits.read(1) == 1;
        }
      }
    }
  }

  private boolean hasNeighbor(int at, boolean blind) {
    int[] m = magnitudes;
    int up = at - stride;
    int down = at + stride;
    return (m[at - 1] | m[at + 1] | m[up - 1] | m[up] | m[up + 1]) != 0
        || (!blind && (m[down - 1] | m[down] | m[down + 1]) != 0);
  }
}
