package io.github.brainimaging.core.geometry;

/**
 * How {@link Resample} finds the value between voxels. A coordinate up to half a voxel beyond the
 * outermost centers takes the value at the center.
 */
public enum VolumeInterpolation {
  /** The voxel that holds the point. For masks and labels. As SciPy with order 0. */
  NEAREST,
  /** Linear between the eight voxels around. As SciPy with order 1. */
  LINEAR,
  /**
   * The cubic B-spline through all voxels, mirrored at the borders: sharper than linear, and may go
   * beyond the range of the samples. As SciPy with order 3, prefilter and mode mirror. A sample
   * that is not finite spoils the lines through it.
   */
  CUBIC
}
