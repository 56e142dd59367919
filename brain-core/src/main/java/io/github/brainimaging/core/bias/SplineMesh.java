package io.github.brainimaging.core.bias;

import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;

/**
 * Number of intervals between knots on each axis, over the whole extent of the grid.
 *
 * @param x along columns, positive
 * @param y along rows, positive
 * @param z along slices, positive
 */
record SplineMesh(int x, int y, int z) {

  static SplineMesh of(VolumeGrid grid, double knotSpacingMm) {
    VoxelSpacing spacing = grid.spacing();
    return new SplineMesh(
        intervals(grid.width() * spacing.x(), knotSpacingMm),
        intervals(grid.height() * spacing.y(), knotSpacingMm),
        intervals(grid.depth() * spacing.z(), knotSpacingMm));
  }

  /** One if the length is NaN. */
  private static int intervals(double lengthMm, double knotSpacingMm) {
    return (int) Math.min(Math.max(Math.round(lengthMm / knotSpacingMm), 1), 1 << 10);
  }

  /** Knots of half the distance; a single slice needs no more than one interval. */
  SplineMesh halved(VolumeGrid grid) {
    return new SplineMesh(
        grid.width() > 1 ? 2 * x : x, grid.height() > 1 ? 2 * y : y, grid.depth() > 1 ? 2 * z : z);
  }
}
