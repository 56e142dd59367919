package io.github.brainimaging.core.geometry;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.transform.VolumeTransform;
import java.util.Objects;

/**
 * Puts the axes of a volume into another order and turns them round, so that they follow given
 * directions of the patient: with {@link Orientation#RAS} what nibabel's {@code
 * as_closest_canonical} does, with an {@link AnatomicalPlane} what a radiologist sees, slice by
 * slice.
 *
 * <p>No value changes and every voxel stays at its place in the patient. Of an oblique volume the
 * axes come as close to the directions as its own axes allow; {@link Resample} makes them exact.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Reorient implements VolumeTransform {

  private final Orientation orientation;

  private Reorient(Orientation orientation) {
    this.orientation = Objects.requireNonNull(orientation, "orientation");
  }

  /**
   * Turns to an orientation.
   *
   * @param orientation where columns, rows and slices shall grow to
   * @return the step
   */
  public static Reorient to(Orientation orientation) {
    return new Reorient(orientation);
  }

  /**
   * Turns so that {@link MedicalVolume#slice} gives slices of a plane, the right way up.
   *
   * @param plane the plane
   * @return the step
   */
  public static Reorient to(AnatomicalPlane plane) {
    return new Reorient(plane.orientation());
  }

  /**
   * Turns a volume.
   *
   * @param volume the input
   * @return a new volume, or the input itself if it has the orientation
   * @throws IllegalArgumentException if the volume's affine is unknown
   */
  @Override
  public MedicalVolume apply(MedicalVolume volume) {
    AxisOrder order = AxisOrder.between(volume.grid().requireAffine().orientation(), orientation);
    return order.changesNothing()
        ? volume
        : volume.wrapVoxels(
            order.apply(volume.grid()), order.apply(volume.grid(), volume.samples()));
  }

  /**
   * Turns a mask.
   *
   * @param mask the input
   * @return a new mask, or the input itself if it has the orientation
   * @throws IllegalArgumentException if the mask's affine is unknown
   */
  public VolumeMask apply(VolumeMask mask) {
    AxisOrder order = AxisOrder.between(mask.grid().requireAffine().orientation(), orientation);
    return order.changesNothing()
        ? mask
        : VolumeMask.wrap(order.apply(mask.grid()), order.apply(mask.grid(), mask.toArray()));
  }

  @Override
  public String toString() {
    return "Reorient[to " + orientation + "]";
  }
}
