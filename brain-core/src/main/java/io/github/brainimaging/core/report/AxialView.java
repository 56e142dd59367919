package io.github.brainimaging.core.report;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;

/**
 * A volume turned so that its slices are axial; as it is stored if its orientation is unknown.
 *
 * @param volume the volume as it was read
 */
record AxialView(MedicalVolume volume) {

  private static final Reorient AXIAL = Reorient.to(AnatomicalPlane.AXIAL);

  /** The slice with most of a mask that lies on the volume's grid; the middle one of an empty. */
  int fullestSlice(VolumeMask mask) {
    VolumeMask turned = turn(mask);
    int best = turned.grid().depth() / 2;
    int most = turned.slice(best).count();
    for (int z = 0; z < turned.grid().depth(); z++) {
      int count = turned.slice(z).count();
      if (count > most) {
        best = z;
        most = count;
      }
    }
    return best;
  }

  MedicalImage slice(int z) {
    return (isOriented() ? AXIAL.apply(volume) : volume).slice(z);
  }

  Mask slice(VolumeMask mask, int z) {
    return turn(mask).slice(z);
  }

  private VolumeMask turn(VolumeMask mask) {
    return isOriented() ? AXIAL.apply(mask) : mask;
  }

  private boolean isOriented() {
    return volume.affine().isPresent();
  }
}
