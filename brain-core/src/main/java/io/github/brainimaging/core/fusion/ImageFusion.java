package io.github.brainimaging.core.fusion;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;

/**
 * Makes one image of two registered ones, typically MRI and CT of the same slice or head.
 *
 * <p>Both inputs are brought to [0, 1] first: divided by their nominal maximum if they have one
 * (8-bit files), else from their smallest to their largest sample. CT in Hounsfield units should be
 * cut to a window before, or bone and metal leave the rest of the range empty. The result is in [0,
 * 1], has a nominal maximum of 1, the spacing of the MRI and an unknown modality.
 *
 * <p>Implementations are immutable, deterministic and safe to share between threads.
 */
@FunctionalInterface
public interface ImageFusion {

  /**
   * Fuses two slices.
   *
   * @param mri the first image, gray
   * @param ct the second image, gray, on the same grid
   * @return the fused image
   * @throws IllegalArgumentException if an image is not gray or has samples that are not finite, or
   *     the sizes differ
   */
  MedicalImage fuse(MedicalImage mri, MedicalImage ct);

  /**
   * Fuses two volumes slice by slice, each scaled from its smallest to its largest sample over all
   * slices.
   *
   * @param mri the first volume, gray
   * @param ct the second volume, gray, on the same grid
   * @return the fused volume, in [0, 1], of unknown modality
   * @throws IllegalArgumentException if a volume is not gray or has samples that are not finite, or
   *     the grids differ
   */
  default MedicalVolume fuse(MedicalVolume mri, MedicalVolume ct) {
    return VolumeFusion.fuse(this, mri, ct);
  }
}
