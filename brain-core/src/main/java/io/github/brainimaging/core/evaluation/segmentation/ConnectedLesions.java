package io.github.brainimaging.core.evaluation.segmentation;

import java.util.Arrays;

/** The connected components of a mask, numbered from 1; neighbors touch at least at a corner. */
final class ConnectedLesions {

  private final Cells cells;
  private final int[] labels;
  private final int[] stack;
  private int[] sizes = new int[16];
  private int count;

  private ConnectedLesions(Cells cells) {
    this.cells = cells;
    this.labels = new int[cells.inside.length];
    this.stack = new int[cells.inside.length];
  }

  static ConnectedLesions of(Cells cells) {
    ConnectedLesions lesions = new ConnectedLesions(cells);
    for (int i = 0; i < cells.inside.length; i++) {
      if (cells.inside[i] && lesions.labels[i] == 0) {
        lesions.fill(i);
      }
    }
    return lesions;
  }

  private void fill(int seed) {
    count++;
    sizes = count < sizes.length ? sizes : Arrays.copyOf(sizes, 2 * sizes.length);
    int depth = 0;
    labels[seed] = count;
    stack[depth++] = seed;
    while (depth > 0) {
      int i = stack[--depth];
      sizes[count]++;
      int x = i % cells.width;
      int y = i / cells.width % cells.height;
      int z = i / cells.width / cells.height;
      for (int neighbor = 0; neighbor < 27; neighbor++) {
        int u = x + neighbor % 3 - 1;
        int v = y + neighbor / 3 % 3 - 1;
        int w = z + neighbor / 9 - 1;
        int k = (w * cells.height + v) * cells.width + u;
        if (cells.get(u, v, w) && labels[k] == 0) {
          labels[k] = count;
          stack[depth++] = k;
        }
      }
    }
  }

  int count() {
    return count;
  }

  /** The number of the lesion of a cell inside the mask. */
  int label(int cell) {
    return labels[cell];
  }

  /** How many cells a lesion has. */
  int size(int label) {
    return sizes[label];
  }
}
