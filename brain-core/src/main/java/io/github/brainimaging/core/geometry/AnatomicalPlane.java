package io.github.brainimaging.core.geometry;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import java.util.Optional;

/**
 * The three planes of the body, with the side that radiologists have at the left and the top of the
 * picture.
 *
 * @since 0.1.0
 */
public enum AnatomicalPlane {
  /** Patient's right at the left, front at the top; slices from foot to head. */
  AXIAL("LPS"),
  /** Patient's right at the left, head at the top; slices from back to front. */
  CORONAL("LIA"),
  /** Patient's front at the left, head at the top; slices from left to right. */
  SAGITTAL("PIR");

  /** From so many times the smallest distance on, slices are thick. */
  private static final double THICK = 1.5;

  private final String code;

  AnatomicalPlane(String code) {
    this.code = code;
  }

  /**
   * The orientation of a volume whose slices lie in this plane: columns run from the left of the
   * picture to the right, rows from the top to the bottom.
   *
   * @return the orientation
   */
  public Orientation orientation() {
    return Orientation.of(code);
  }

  /**
   * The plane in which a volume shows most: that of its slices where they are thick, their distance
   * at least 1.5 times the smallest of a voxel; axial where voxels are nearly cubes.
   *
   * @param grid the grid of the volume
   * @return the plane; axial also where orientation or spacing is unknown
   */
  public static AnatomicalPlane acquired(VolumeGrid grid) {
    Optional<Affine> affine = grid.affine();
    VoxelSpacing step = grid.spacing();
    if (affine.isEmpty() || !step.isKnown()) {
      return AXIAL;
    }
    double[] steps = {step.x(), step.y(), step.z()};
    int across = 2;
    for (int axis = 0; axis < 3; axis++) {
      across = steps[axis] > steps[across] ? axis : across;
    }
    double smallest = Math.min(steps[0], Math.min(steps[1], steps[2]));
    if (steps[across] < THICK * smallest) {
      return AXIAL;
    }
    return switch (affine.get().orientation().axis(across)) {
      case 0 -> SAGITTAL;
      case 1 -> CORONAL;
      default -> AXIAL;
    };
  }
}
