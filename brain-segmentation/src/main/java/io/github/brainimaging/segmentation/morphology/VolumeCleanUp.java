package io.github.brainimaging.segmentation.morphology;

import io.github.brainimaging.core.grid.Components;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.segmentation.internal.BitMask;
import io.github.brainimaging.segmentation.internal.Grid;
import java.util.BitSet;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cleans the mask of a volume in space: what lies outside the brain goes, if one is looked for; an
 * opening with a ball cuts thin bridges and takes away specks, as P4 does after it; then connected
 * regions that are too small or on too few slices are left out. Voxels are connected if they share
 * a face.
 *
 * <p>Lengths are in millimeters, whatever the distances of the voxels along each axis; of a volume
 * whose spacing is unknown, a voxel counts as a cube of 1 mm. Slices are those along the axis with
 * the largest distance of voxels, of equal ones the last.
 *
 * <p>Immutable and, if what finds the brain is, safe to share between threads.
 *
 * @since 0.1.0
 */
public final class VolumeCleanUp {

  private final double openingMm;
  private final double minimumMl;
  private final int minimumSlices;
  private final @Nullable Function<MedicalVolume, VolumeMask> brain;
  private final double marginMm;

  private VolumeCleanUp(
      double openingMm,
      double minimumMl,
      int minimumSlices,
      @Nullable Function<MedicalVolume, VolumeMask> brain,
      double marginMm) {
    this.openingMm = openingMm;
    this.minimumMl = minimumMl;
    this.minimumSlices = minimumSlices;
    this.brain = brain;
    this.marginMm = marginMm;
  }

  /**
   * A clean-up that opens with a ball of 1 mm and leaves out regions of less than 0.1 ml, about a
   * ball of 6 mm across.
   *
   * @return the clean-up
   */
  public static VolumeCleanUp withDefaults() {
    return new VolumeCleanUp(1, 0.1, 1, null, 0);
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
    return new VolumeCleanUp(
        requireSize("millimeters", millimeters), minimumMl, minimumSlices, brain, marginMm);
  }

  /**
   * Sets the volume that a region must have to stay. Default: 0.1 ml.
   *
   * @param milliliters 0 or more
   * @return a new clean-up
   * @throws IllegalArgumentException if the volume is negative or not finite
   */
  public VolumeCleanUp withMinimumVolume(double milliliters) {
    return new VolumeCleanUp(
        openingMm, requireSize("milliliters", milliliters), minimumSlices, brain, marginMm);
  }

  /**
   * Sets on how many slices a region must lie to stay: what slices find that know nothing of each
   * other is more often true where several agree. Default: 1.
   *
   * @param slices positive
   * @return a new clean-up
   * @throws IllegalArgumentException if the number is not positive
   */
  public VolumeCleanUp withMinimumSlices(int slices) {
    return new VolumeCleanUp(
        openingMm, minimumMl, Arguments.requirePositive("slices", slices), brain, marginMm);
  }

  /**
   * Leaves out what {@link #after} finds outside the brain. Where no brain is found, or in volumes
   * of several channels, everything stays. Default: the brain is not looked for.
   *
   * @param extractor finds the brain, such as {@code stripper::extract}
   * @param millimeters how far beyond it a region may reach, 0 or more
   * @return a new clean-up
   * @throws IllegalArgumentException if the distance is negative or not finite
   */
  public VolumeCleanUp within(Function<MedicalVolume, VolumeMask> extractor, double millimeters) {
    return new VolumeCleanUp(
        openingMm,
        minimumMl,
        minimumSlices,
        Objects.requireNonNull(extractor, "extractor"),
        requireSize("millimeters", millimeters));
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
   * Cleans a mask, without looking for a brain.
   *
   * @param mask the mask
   * @return a part of it, on the same grid; may be empty
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public VolumeMask apply(VolumeMask mask) {
    return mask.isEmpty() ? mask : large(opened(mask));
  }

  private VolumeMask opened(VolumeMask mask) {
    MedicalVolume volume = mask.toVolume();
    Grid grid = Grid.of(volume);
    BitMask opened = grid.round(openingMm).open(grid.above(volume.samples(), 0));
    return VolumeMask.wrap(mask.grid(), opened.toArray());
  }

  private VolumeMask large(VolumeMask mask) {
    VolumeGrid size = mask.grid();
    boolean[] inside = mask.toArray();
    Components regions =
        Components.of(
            Components.Runs.of(inside, size.width()), size.height(), Components.Neighbors.SIDES);
    int[] ofVoxel = regions.ofCells(size.width());
    int[] slices = slices(regions.count(), ofVoxel, size);
    // Rounding must not cost a region that is exactly large enough.
    double needed = minimumMl * 1000 / voxelMm3(size) * (1 - 1e-9);
    for (int i = 0; i < inside.length; i++) {
      int region = ofVoxel[i];
      inside[i] = region > 0 && regions.size(region) >= needed && slices[region] >= minimumSlices;
    }
    return VolumeMask.wrap(size, inside);
  }

  /** On how many slices each region lies; region r at r. */
  private static int[] slices(int regions, int[] ofVoxel, VolumeGrid size) {
    VoxelSpacing step = size.spacing();
    int axis = 2;
    if (step.isKnown()) {
      axis = step.x() > Math.max(step.y(), step.z()) ? 0 : step.y() > step.z() ? 1 : 2;
    }
    int[] strides = {1, size.width(), size.width() * size.height()};
    int[] lengths = {size.width(), size.height(), size.depth()};
    BitSet[] lies = new BitSet[regions + 1];
    for (int i = 0; i < ofVoxel.length; i++) {
      if (ofVoxel[i] > 0) {
        if (lies[ofVoxel[i]] == null) {
          lies[ofVoxel[i]] = new BitSet();
        }
        lies[ofVoxel[i]].set(i / strides[axis] % lengths[axis]);
      }
    }
    int[] counts = new int[regions + 1];
    for (int region = 1; region <= regions; region++) {
      counts[region] = lies[region].cardinality();
    }
    return counts;
  }

  private static double voxelMm3(VolumeGrid size) {
    return size.spacing().isKnown() ? size.voxelVolumeMm3() : 1;
  }

  /**
   * A segmenter that cleans what another finds, and says in its remarks what it left out.
   *
   * @param segmenter finds the region, such as a {@link
   *     io.github.brainimaging.core.slice.SliceSegmenter}
   * @return the segmenter; its confidence is the other's, and empty if nothing is left
   */
  public VolumeSegmenter after(VolumeSegmenter segmenter) {
    return volume -> {
      VolumeSegmentation found = segmenter.segment(volume);
      VolumeSegmentation left = told(found, inBrain(volume, found.mask()), "outside the brain");
      if (!left.found()) {
        return left;
      }
      VolumeMask opened = opened(left.mask());
      VolumeMask kept = large(opened);
      // What the opening takes from a region that stays is not worth a word.
      boolean fewer = kept.count() < opened.count();
      String size = String.format(Locale.ROOT, "in pieces below %s ml", minimumMl);
      String thin = minimumSlices > 1 ? " or on fewer than " + minimumSlices + " slices" : "";
      return fewer ? told(left, kept, size + thin) : left.leaving(kept);
    };
  }

  private VolumeMask inBrain(MedicalVolume volume, VolumeMask mask) {
    if (brain == null || mask.isEmpty() || volume.channels() != 1) {
      return mask;
    }
    VolumeMask extracted = brain.apply(volume);
    if (extracted.isEmpty()) {
      return mask;
    }
    Grid grid = Grid.of(volume);
    BitMask near = grid.round(marginMm).dilate(grid.above(extracted.toVolume().samples(), 0));
    BitMask both = near.and(grid.above(mask.toVolume().samples(), 0));
    return VolumeMask.wrap(mask.grid(), both.toArray());
  }

  private static VolumeSegmentation told(VolumeSegmentation found, VolumeMask rest, String where) {
    int less = found.mask().count() - rest.count();
    if (less == 0) {
      return found;
    }
    VolumeGrid size = rest.grid();
    String amount =
        size.spacing().isKnown()
            ? String.format(Locale.ROOT, "%.1f ml", less * size.voxelVolumeMm3() / 1000)
            : less + " voxels";
    return found.leaving(rest, "left out " + amount + ": " + where);
  }

  /** What it does. */
  @Override
  public String toString() {
    return "VolumeCleanUp[opening "
        + openingMm
        + " mm, from "
        + minimumMl
        + " ml"
        + (minimumSlices > 1 ? ", on " + minimumSlices + " slices" : "")
        + (brain == null ? "" : ", within " + marginMm + " mm of the brain")
        + "]";
  }
}
