package io.github.brainimaging.core.image;

import io.github.brainimaging.core.internal.Arguments;

/**
 * Distance between the centers of neighboring voxels, in millimeters. Where a file does not tell
 * it, all three values are NaN and {@link #isKnown()} is false; nothing is ever assumed in its
 * place.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param x distance between columns in mm, positive, or NaN if unknown
 * @param y distance between rows in mm, positive, or NaN if unknown
 * @param z distance between slices in mm, positive, or NaN if unknown
 * @since 0.1.0
 */
public record VoxelSpacing(double x, double y, double z) {

  /** The spacing of a volume whose file does not tell it. */
  public static final VoxelSpacing UNKNOWN = new VoxelSpacing(Double.NaN, Double.NaN, Double.NaN);

  /**
   * Checks the values.
   *
   * @param x distance between columns in mm, positive, or NaN if unknown
   * @param y distance between rows in mm, positive, or NaN if unknown
   * @param z distance between slices in mm, positive, or NaN if unknown
   * @throws IllegalArgumentException if a value is zero, negative or infinite, or only some are NaN
   */
  public VoxelSpacing {
    if (!(Double.isNaN(x) && Double.isNaN(y) && Double.isNaN(z))) {
      Arguments.requirePositive("x", x);
      Arguments.requirePositive("y", y);
      Arguments.requirePositive("z", z);
    }
  }

  /**
   * A spacing that is the same in all directions.
   *
   * @param millimeters distance between voxel centers in mm, positive
   * @return the spacing
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public static VoxelSpacing ofMillimeters(double millimeters) {
    Arguments.requirePositive("millimeters", millimeters);
    return new VoxelSpacing(millimeters, millimeters, millimeters);
  }

  /**
   * Whether the spacing is known.
   *
   * @return false for {@link #UNKNOWN}
   */
  public boolean isKnown() {
    return !Double.isNaN(x);
  }

  /**
   * The spacing within a slice.
   *
   * @return x and y; {@link Spacing#UNKNOWN} if this one is unknown
   */
  public Spacing inSlice() {
    return isKnown() ? new Spacing(x, y) : Spacing.UNKNOWN;
  }

  /**
   * The volume of one voxel. Of a sheared grid, whose axes are not at right angles, it is an upper
   * bound; {@link VolumeGrid#voxelVolumeMm3()} is exact.
   *
   * @return mm3, NaN if the spacing is unknown
   */
  public double voxelVolumeMm3() {
    return x * y * z;
  }
}
