package io.github.brainimaging.core.io.internal.volume;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;

/** Where the voxels of a header lie: vectors in some patient space become an affine in RAS+ mm. */
final class PatientSpace {

  private PatientSpace() {}

  /**
   * A grid at its place; with the lengths of the axes alone if these do not span a space.
   *
   * @param axes the step along each index, two or three, of three components each
   * @param origin the center of the first voxel
   * @param toRas what each component is multiplied with
   */
  static VolumeGrid place(VolumeGrid size, double[][] axes, double[] origin, double[] toRas) {
    double[] rows = new double[12];
    for (int row = 0; row < 3; row++) {
      for (int axis = 0; axis < axes.length; axis++) {
        rows[4 * row + axis] = toRas[row] * axes[axis][row] + 0.0; // No -0.
      }
      rows[4 * row + 3] = toRas[row] * origin[row] + 0.0;
    }
    return Affine.isInvertible(rows)
        ? size.withAffine(Affine.of(rows))
        : spaced(size, length(axes[0]), length(axes[1]), axes.length > 2 ? length(axes[2]) : 1);
  }

  /** A grid of known spacing, if all of it is. */
  static VolumeGrid spaced(VolumeGrid size, double x, double y, double z) {
    for (double step : new double[] {x, y, z}) {
      if (!(step > 0 && step < Double.POSITIVE_INFINITY)) {
        return size;
      }
    }
    return size.withSpacing(new VoxelSpacing(x, y, z));
  }

  private static double length(double[] vector) {
    double sum = 0;
    for (double part : vector) {
      sum += part * part;
    }
    return Math.sqrt(sum);
  }
}
