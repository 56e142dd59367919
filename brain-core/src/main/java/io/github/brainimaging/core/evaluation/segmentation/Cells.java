package io.github.brainimaging.core.evaluation.segmentation;

import io.github.brainimaging.core.grid.Components;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Outline;

/**
 * A mask of a slice or of a volume, so that the measures need not know which: cell (x, y, z) is at
 * {@code (z * height + y) * width + x}. In a slice nothing has neighbors above or below.
 */
final class Cells {

  final int width;
  final int height;
  final int depth;
  final boolean volume;
  final boolean[] inside;

  private Cells(int width, int height, int depth, boolean volume, boolean[] inside) {
    this.width = width;
    this.height = height;
    this.depth = depth;
    this.volume = volume;
    this.inside = inside;
  }

  static Cells of(Mask mask) {
    return new Cells(mask.width(), mask.height(), 1, false, mask.toArray());
  }

  static Cells of(VolumeMask mask) {
    return new Cells(
        mask.grid().width(), mask.grid().height(), mask.grid().depth(), true, mask.toArray());
  }

  /** The ends of the smallest box that holds two masks of one size: {x, y, z} of both corners. */
  static int[][] box(Cells a, Cells b) {
    int[] low = {a.width, a.height, a.depth};
    int[] high = {-1, -1, -1};
    for (int i = 0; i < a.inside.length; i++) {
      if (a.inside[i] || b.inside[i]) {
        int[] at = {i % a.width, i / a.width % a.height, i / a.width / a.height};
        for (int axis = 0; axis < 3; axis++) {
          low[axis] = Math.min(low[axis], at[axis]);
          high[axis] = Math.max(high[axis], at[axis]);
        }
      }
    }
    return new int[][] {low, high};
  }

  /** The part from one corner to the other, both included. */
  Cells crop(int[] low, int[] high) {
    int w = high[0] - low[0] + 1;
    int h = high[1] - low[1] + 1;
    int d = high[2] - low[2] + 1;
    boolean[] part = new boolean[w * h * d];
    for (int z = 0; z < d; z++) {
      for (int y = 0; y < h; y++) {
        int from = ((low[2] + z) * height + low[1] + y) * width + low[0];
        System.arraycopy(inside, from, part, (z * h + y) * w, w);
      }
    }
    return new Cells(w, h, d, volume, part);
  }

  /** The cells that share a side with one outside the mask, where beyond the grid is outside. */
  boolean[] outline() {
    return Outline.of(inside, width, height, depth, volume);
  }

  /** The parts that are connected, be it at a corner. */
  Components components() {
    return Components.of(Components.Runs.of(inside, width), height, Components.Neighbors.CORNERS);
  }
}
