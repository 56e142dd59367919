package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.segmentation.skullstrip.SkullStripper;

/** The last part of the chain: from the filtered image and its brain to the lesion. */
interface LesionFinder {

  /**
   * Finds the lesion.
   *
   * @param image one channel, filtered
   * @param extraction its brain
   * @param dark whether lesions are darker than the brain around them, rather than brighter
   * @param trace takes the intermediate images
   * @return the lesion
   */
  Finding find(MedicalImage image, SkullStripper.Extraction extraction, boolean dark, Trace trace);

  /** Turns dark into bright. */
  static void negate(float[] gray) {
    for (int i = 0; i < gray.length; i++) {
      gray[i] = -gray[i];
    }
  }
}
