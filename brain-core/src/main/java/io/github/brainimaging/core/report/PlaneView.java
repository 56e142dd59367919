package io.github.brainimaging.core.report;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
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
