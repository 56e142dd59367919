package io.github.brainimaging.core.io.internal.codec.jpeg2000;

import java.io.IOException;

/** A tag tree (T.800, B.10.2): for each leaf a number, found out little by little. */
final class TagTree {

  private final int[] widths;
  private final int[] offsets;
  private final int[] values;
  private final boolean[] known;

  TagTree(int width, int height) {
    int levels = 1;
    for (int w = width, h = height; w > 1 || h > 1; w = (w + 1) / 2, h = (h + 1) / 2) {
      levels++;
    }
    widths = new int[levels];
    offsets = new int[levels];
    int nodes = 0;
    int w = width;
    int h = height;
    for (int level = 0; level < levels; level++) {
      widths[level] = w;
      offsets[level] = nodes;
      nodes += w * h;
      w = (w + 1) / 2;
      h = (h + 1) / 2;
    }
    values = new int[nodes];
    known = new boolean[nodes];
  }

  /** Reads until it is known whether a leaf is below a threshold. */
  boolean isBelow(int x, int y, int threshold, PacketBits bits) throws IOException {
    int low = 0;
    for (int level = widths.length - 1; level >= 0; level--) {
      int node = offsets[level] + (y >> level) * widths[level] + (x >> level);
      values[node] = Math.max(values[node], low);
      while (!known[node] && values[node] < threshold) {
        if (bits.bit() == 1) {
          known[node] = true;
        } else {
          values[node]++;
        }
      }
      low = values[node];
    }
    return known[offsets[0] + y * widths[0] + x] && low < threshold;
  }
}
