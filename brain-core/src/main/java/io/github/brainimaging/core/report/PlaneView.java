package io.github.brainimaging.core.report;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Resize;
import java.util.List;
import java.util.Locale;

/** A volume turned so that its slices lie in a plane; as it is stored if that is not known. */
final class PlaneView {

  private final AnatomicalPlane plane;
  private final boolean oriented;
  private final MedicalVolume turned;

  private PlaneView(MedicalVolume volume, AnatomicalPlane plane) {
    this.plane = plane;
    oriented = volume.affine().isPresent();
    turned = oriented ? Reorient.to(plane).apply(volume) : volume;
  }

  /** In the plane in which it was acquired. */
  static PlaneView acquired(MedicalVolume volume) {
    return of(volume, AnatomicalPlane.acquired(volume.grid()));
  }

  static PlaneView of(MedicalVolume volume, AnatomicalPlane plane) {
    return new PlaneView(volume, plane);
  }

  /** The turned volume. */
  MedicalVolume volume() {
    return turned;
  }

  /** The plane in words. */
  String name() {
    return oriented ? plane.name().toLowerCase(Locale.ROOT) : "as stored";
  }

  /** Whether it is the plane in which the volume was acquired. */
  boolean isAcquired() {
    return !oriented || plane == AnatomicalPlane.acquired(turned.grid());
  }

  /** Brings a slice to square pixels, so that lines are as thick everywhere. */
  Resize square() {
    return scaled(1).withInterpolation(Interpolation.BILINEAR);
  }

  /** Brings a slice to square pixels and its longest side to at most so many of them. */
  Resize fitting(int longestSide) {
    VoxelSpacing step = turned.spacing();
    double wide = step.isKnown() ? step.x() / step.y() : 1;
    double longest =
        Math.max(turned.width() * Math.max(1, wide), turned.height() * Math.max(1, 1 / wide));
    return scaled(Math.min(1, longestSide / longest));
  }

  private Resize scaled(double scale) {
    VoxelSpacing step = turned.spacing();
    double wide = step.isKnown() ? step.x() / step.y() : 1;
    return Resize.to(
        (int) Math.max(1, Math.round(scale * turned.width() * Math.max(1, wide))),
        (int) Math.max(1, Math.round(scale * turned.height() * Math.max(1, 1 / wide))));
  }

  /** The slice that a place in the patient, RAS+ in mm, lies on or next to. */
  int sliceAt(List<Double> place) {
    double[] voxel =
        turned.grid().requireAffine().inverse().apply(place.get(0), place.get(1), place.get(2));
    return (int) Math.max(0, Math.min(turned.depth() - 1, Math.round(voxel[2])));
  }

  MedicalImage slice(int z) {
    return turned.slice(z);
  }

  /** A mask that lies on the grid of the volume as it was read. */
  VolumeMask turn(VolumeMask mask) {
    return oriented ? Reorient.to(plane).apply(mask) : mask;
  }

  /** The slice with most of a turned mask; the middle one of an empty one. */
  static int fullestSlice(VolumeMask turned) {
    int best = turned.grid().depth() / 2;
    int most = turned.slice(best).count();
    for (int z = 0; z < turned.grid().depth(); z++) {
      Mask slice = turned.slice(z);
      if (slice.count() > most) {
        best = z;
        most = slice.count();
      }
    }
    return best;
  }
}
