package io.github.brainimaging.models.onnx.internal.volume;

import io.github.brainimaging.core.grid.Components;
import io.github.brainimaging.core.image.VolumeGrid;

/** The largest piece of a mask, its holes filled. */
final class OnePiece {

  private OnePiece() {}

  /** Changes a mask; voxels are neighbors if they touch. */
  static void of(boolean[] inside, VolumeGrid grid) {
    Components pieces = components(inside, grid, Components.Neighbors.CORNERS);
    int largest = 0;
    for (int i = 1; i <= pieces.count(); i++) {
      largest = largest == 0 || pieces.size(i) > pieces.size(largest) ? i : largest;
    }
    int[] piece = pieces.ofCells(grid.width());
    for (int i = 0; i < inside.length; i++) {
      inside[i] = inside[i] && piece[i] == largest;
    }
    fillHoles(inside, grid);
  }

  /** Adds what is enclosed; neighbors of what is not inside share a face. */
  static void fillHoles(boolean[] inside, VolumeGrid grid) {
    boolean[] outside = new boolean[inside.length];
    for (int i = 0; i < inside.length; i++) {
      outside[i] = !inside[i];
    }
    Components around = components(outside, grid, Components.Neighbors.SIDES);
    boolean[] atBorder = around.atBorder(grid.width());
    int[] part = around.ofCells(grid.width());
    for (int i = 0; i < inside.length; i++) {
      inside[i] = !atBorder[part[i]];
    }
  }

  private static Components components(
      boolean[] cells, VolumeGrid grid, Components.Neighbors neighbors) {
    return Components.of(Components.Runs.of(cells, grid.width()), grid.height(), neighbors);
  }
}
