package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.segmentation.skullstrip.BrainExtraction;

/** The last part of the chain: from the filtered image and its brain to the lesion. */
interface LesionFinder {

  /**
   * Finds the lesion.
   *
   * @param image one channel, filtered
   * @param extraction its brain
   * @param trace takes the intermediate images
   * @return the lesion, empty if there is none
   */
  Mask find(MedicalImage image, BrainExtraction extraction, Trace trace);
}
