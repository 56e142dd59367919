package io.github.brainimaging.core.geometry;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.ForegroundThreshold;

/**
 * Cuts a cuboid out of a volume; every voxel stays at its place in the patient.
 *
 * <p>Safe to use from several threads.
 *
 * @since 0.1.0
 */
public final class VolumeCrop {

  /** Share of the voxels of a plane that must be foreground: more than noise and wires. */
  private static final double LEAST_FOREGROUND = 0.005;

  private VolumeCrop() {}

  /**
   * The box around the head. A voxel is foreground if it is above {@link ForegroundThreshold} in
   * the first channel; the box reaches from the first to the last plane of each axis of which at
   * least 0.5 % is foreground.
   *
   * @param volume the volume
   * @param marginMm what is kept around, in mm along each axis (rounded up to whole voxels), as far
   *     as the volume has it; 0 or more
   * @return the whole volume if nothing is foreground
   * @throws IllegalArgumentException if the margin is negative or not finite, or positive while the
   *     spacing is unknown
   */
  public static Box foreground(MedicalVolume volume, double marginMm) {
    Arguments.require(
        marginMm >= 0 && marginMm < Double.POSITIVE_INFINITY,
        "marginMm must be 0 or more and finite, got %s",
        marginMm);
    VoxelSpacing spacing = volume.spacing();
    Arguments.require(
        marginMm == 0 || spacing.isKnown(),
        "marginMm must be 0 where the spacing is unknown, got %s",
        marginMm);
    VolumeMask inside = VolumeMask.above(volume, (float) ForegroundThreshold.value(volume));
    int[] sizes = {volume.width(), volume.height(), volume.depth()};
    int[][] counts = counts(inside);
    double[] mm = {spacing.x(), spacing.y(), spacing.z()};
    int[] first = new int[3];
    int[] last = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      double least = LEAST_FOREGROUND * volume.grid().voxels() / sizes[axis];
      first[axis] = sizes[axis];
      for (int i = 0; i < sizes[axis]; i++) {
        if (counts[axis][i] > 0 && counts[axis][i] >= least) {
          first[axis] = Math.min(first[axis], i);
          last[axis] = i;
        }
      }
      if (first[axis] == sizes[axis]) {
        return new Box(0, 0, 0, sizes[0], sizes[1], sizes[2]);
      }
      double margin = marginMm == 0 ? 0 : Math.ceil(marginMm / mm[axis]);
      first[axis] = (int) Math.max(0, first[axis] - margin);
      last[axis] = (int) Math.min(sizes[axis] - 1.0, last[axis] + margin);
    }
    return new Box(
        first[0],
        first[1],
        first[2],
        last[0] - first[0] + 1,
        last[1] - first[1] + 1,
        last[2] - first[2] + 1);
  }

  private static int[][] counts(VolumeMask mask) {
    VolumeGrid grid = mask.grid();
    int[][] counts = {new int[grid.width()], new int[grid.height()], new int[grid.depth()]};
    boolean[] inside = mask.toArray();
    int i = 0;
    for (int z = 0; z < grid.depth(); z++) {
      for (int y = 0; y < grid.height(); y++) {
        for (int x = 0; x < grid.width(); x++, i++) {
          if (inside[i]) {
            counts[0][x]++;
            counts[1][y]++;
            counts[2][z]++;
          }
        }
      }
    }
    return counts;
  }

  /**
   * Cuts a volume.
   *
   * @param volume the volume
   * @param box a box within it
   * @return a new volume
   * @throws IllegalArgumentException if the box reaches beyond the volume
   */
  public static MedicalVolume apply(MedicalVolume volume, Box box) {
    VolumeGrid grid = grid(volume.grid(), box);
    int channels = volume.channels();
    int pixels = volume.width() * volume.height();
    float[] slice = new float[channels * pixels];
    float[] result = new float[channels * grid.voxels()];
    for (int z = 0; z < box.depth(); z++) {
      volume.copySliceTo(box.z() + z, slice, 0);
      for (int c = 0; c < channels; c++) {
        for (int y = 0; y < box.height(); y++) {
          System.arraycopy(
              slice,
              c * pixels + (box.y() + y) * volume.width() + box.x(),
              result,
              ((c * box.depth() + z) * box.height() + y) * box.width(),
              box.width());
        }
      }
    }
    return volume.wrapVoxels(grid, result);
  }

  /**
   * Cuts a mask.
   *
   * @param mask the mask
   * @param box a box within it
   * @return a new mask
   * @throws IllegalArgumentException if the box reaches beyond the mask
   */
  public static VolumeMask apply(VolumeMask mask, Box box) {
    return VolumeMask.above(apply(mask.toVolume(), box), 0);
  }

  private static VolumeGrid grid(VolumeGrid grid, Box box) {
    Arguments.require(
        fits(box.x(), box.width(), grid.width())
            && fits(box.y(), box.height(), grid.height())
            && fits(box.z(), box.depth(), grid.depth()),
        "box must lie within %s, got %s",
        grid,
        box);
    VolumeGrid size = VolumeGrid.ofSize(box.width(), box.height(), box.depth());
    return grid.affine()
        .map(affine -> size.withAffine(Affine.translation(box.x(), box.y(), box.z()).then(affine)))
        .orElseGet(() -> size.withSpacing(grid.spacing()));
  }

  private static boolean fits(int first, int size, int limit) {
    return first >= 0 && (long) first + size <= limit;
  }

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
  public record Box(int x, int y, int z, int width, int height, int depth) {

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
    public Box {
      Arguments.requirePositive("width", width);
      Arguments.requirePositive("height", height);
      Arguments.requirePositive("depth", depth);
    }
  }
}
