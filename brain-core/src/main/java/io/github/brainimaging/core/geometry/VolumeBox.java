package io.github.brainimaging.core.geometry;

import io.github.brainimaging.core.internal.Arguments;

/**
 * A cuboid of whole voxels. The voxel (x, y, z) is its first one; {@code x + width} is the first
 * column behind it.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param x first column
 * @param y first row
 * @param z first slice
 * @param width number of columns, positive
 * @param height number of rows, positive
 * @param depth number of slices, positive
 */
public record VolumeBox(int x, int y, int z, int width, int height, int depth) {

  /**
   * Checks the size.
   *
   * @param x first column
   * @param y first row
   * @param z first slice
   * @param width number of columns, positive
   * @param height number of rows, positive
   * @param depth number of slices, positive
   * @throws IllegalArgumentException if width, height or depth is not positive
   */
  public VolumeBox {
    Arguments.requirePositive("width", width);
    Arguments.requirePositive("height", height);
    Arguments.requirePositive("depth", depth);
  }
}
