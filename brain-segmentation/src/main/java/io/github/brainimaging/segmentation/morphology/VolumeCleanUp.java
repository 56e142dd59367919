package io.github.brainimaging.segmentation.morphology;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.segmentation.internal.BitMask;
import io.github.brainimaging.segmentation.internal.Grid;
import io.github.brainimaging.segmentation.internal.Regions;
import java.util.OptionalDouble;

/**
 * Cleans the mask of a volume in space: an opening with a ball cuts thin bridges and takes away
 * specks, as P4 does after it; then connected regions that are too small are left out. Voxels are
 * connected if they share a face.
 *
 * <p>Lengths are in millimeters, whatever the distances of the voxels along each axis; of a volume
 * whose spacing is unknown, a voxel counts as a cube of 1 mm.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class VolumeCleanUp {

  private final double openingMm;
  private final double minimumMl;

  private VolumeCleanUp(double openingMm, double minimumMl) {
    this.openingMm = openingMm;
    this.minimumMl = minimumMl;
  }

  /**
   * A clean-up that opens with a ball of 1 mm and leaves out regions of less than 0.1 ml, about a
   * ball of 6 mm across.
   *
   * @return the clean-up
   */
  public static VolumeCleanUp withDefaults() {
    return new VolumeCleanUp(1, 0.1);
  }

  /**
   * Sets the radius of the opening. Default: 1 mm.
   *
   * @param millimeters 0 or more; a radius below the distance of the voxels along an axis changes
   *     nothing along it
   * @return a new clean-up
   * @throws IllegalArgumentException if the radius is negative or not finite
   */
  public VolumeCleanUp withOpening(double millimeters) {
    return new VolumeCleanUp(requireSize("millimeters", millimeters), minimumMl);
  }

  /**
   * Sets the volume that a region must have to stay. Default: 0.1 ml.
   *
   * @param milliliters 0 or more
   * @return a new clean-up
   * @throws IllegalArgumentException if the volume is negative or not finite
   */
  public VolumeCleanUp withMinimumVolume(double milliliters) {
    return new VolumeCleanUp(openingMm, requireSize("milliliters", milliliters));
  }

  private static double requireSize(String name, double value) {
    Arguments.require(
        value >= 0 && value < Double.POSITIVE_INFINITY,
        "%s must be 0 or more and finite, got %s",
        name,
        value);
    return value;
  }

  /**
   * Cleans a mask.
   *
   * @param mask the mask
   * @return a part of it, on the same grid; may be empty
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public VolumeMask apply(VolumeMask mask) {
    if (mask.isEmpty()) {
      return mask;
    }
    MedicalVolume volume = mask.toVolume();
    Grid grid = Grid.of(volume);
    BitMask opened = grid.round(openingMm).open(grid.above(volume.samples(), 0));
    double voxelMm3 = grid.pixel().pixelAreaMm2() * grid.stepZ();
    Regions regions = grid.regions(opened, false);
    // Rounding must not cost a region that is exactly large enough.
    double needed = minimumMl * 1000 / voxelMm3 * (1 - 1e-9);
    BitMask kept = regions.keep(region -> regions.size(region) >= needed);
    return VolumeMask.wrap(mask.grid(), kept.toArray());
  }

  /**
   * A segmenter that cleans what another finds.
   *
   * @param segmenter finds the region, such as a {@link
   *     io.github.brainimaging.core.slice.SliceSegmenter}
   * @return the segmenter; its confidence is the other's, and empty if nothing is left
   */
  public VolumeSegmenter after(VolumeSegmenter segmenter) {
    return volume -> {
      VolumeSegmentation found = segmenter.segment(volume);
      VolumeMask cleaned = apply(found.mask());
      return new VolumeSegmentation(
          cleaned,
          cleaned.isEmpty() ? OptionalDouble.empty() : found.confidence(),
          found.remarks());
    };
  }

  /** Radius and volume. */
  @Override
  public String toString() {
    return "VolumeCleanUp[opening " + openingMm + " mm, from " + minimumMl + " ml]";
  }
}
