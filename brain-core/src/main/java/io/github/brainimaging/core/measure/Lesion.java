package io.github.brainimaging.core.measure;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.geometry.VolumeCrop;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.registration.SymmetryPlane;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One connected region of a mask, measured. Voxels are connected if they share a face. Slices are
 * those of the plane in which the volume was acquired ({@link AnatomicalPlane#acquired}), numbered
 * from 0 from foot to head, back to front or left to right; as they are stored if the orientation
 * is unknown.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param voxels how many it has
 * @param volumeMl its volume in milliliters; empty if the spacing is unknown
 * @param diameters its lengths; empty if the spacing is unknown
 * @param centroidMm the mean of its voxels in the patient, RAS+ in mm; empty if that is unknown
 * @param firstSlice the first slice that it lies on
 * @param lastSlice the last slice that it lies on
 * @param fullestSlice the slice with most of it
 * @param box the smallest box around it, in voxels of the mask as they are stored
 * @param midline where it lies to the midline of the head; empty if that is unknown
 * @since 0.1.0
 */
public record Lesion(
    int voxels,
    OptionalDouble volumeMl,
    Optional<Diameters> diameters,
    List<Double> centroidMm,
    int firstSlice,
    int lastSlice,
    int fullestSlice,
    VolumeCrop.Box box,
    Optional<Midline> midline) {

  /** A side of the patient. */
  public enum Side {
    /** The patient's left. */
    LEFT,
    /** The patient's right. */
    RIGHT,
    /** Across the midline. */
    MIDLINE
  }

  /**
   * Where a region lies to the plane that divides the head.
   *
   * @param side the side with at least nine tenths of it, else {@link Side#MIDLINE}
   * @param centroidMm distance of the mean of its voxels, 0 or more
   * @param nearestMm distance of the center of the nearest voxel; 0 if there are voxels on both
   *     sides
   */
  public record Midline(Side side, double centroidMm, double nearestMm) {}

  /**
   * Lengths in mm, from border to border of the voxels.
   *
   * @param inPlane the largest diameter within one slice, as RANO measures it
   * @param perpendicular how far the same section reaches across that diameter
   * @param inSpace the largest diameter in three dimensions
   * @param productMm2 the largest product of a slice's diameter and how far it reaches across it,
   *     in mm2, as RANO follows it; the slice need not be that of the largest diameter, which may
   *     be long and thin
   */
  public record Diameters(
      double inPlane, double perpendicular, double inSpace, double productMm2) {}

  /**
   * Copies the place.
   *
   * @param voxels how many it has
   * @param volumeMl its volume in milliliters
   * @param diameters its lengths
   * @param centroidMm the mean of its voxels in the patient, RAS+ in mm
   * @param firstSlice the first slice that it lies on
   * @param lastSlice the last slice that it lies on
   * @param fullestSlice the slice with most of it
   * @param box the smallest box around it, in voxels of the mask as they are stored
   * @param midline where it lies to the midline of the head
   */
  public Lesion {
    centroidMm = List.copyOf(centroidMm);
  }

  /**
   * Measures what a mask holds, without the midline.
   *
   * @param mask the mask
   * @return its regions, the largest first; empty if the mask is
   */
  public static List<Lesion> of(VolumeMask mask) {
    return LesionMap.of(mask, Optional.empty()).lesions();
  }

  /**
   * Measures what a mask holds, and where it lies to the midline.
   *
   * @param mask the mask
   * @param head the head or the brain of which the midline is searched ({@link SymmetryPlane#of}),
   *     in the same coordinates
   * @return its regions, the largest first; empty if the mask is
   */
  public static List<Lesion> of(VolumeMask mask, MedicalVolume head) {
    return LesionMap.of(mask, head).lesions();
  }
}
