package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.image.MedicalImage;

/**
 * Finds a region in an image.
 *
 * <p>Implementations are safe to share between threads.
 */
@FunctionalInterface
public interface Segmenter {

  /**
   * Segments one image.
   *
   * @param image the image as read
   * @return the region, on the grid of the image; empty if nothing was found
   */
  Segmentation segment(MedicalImage image);
}
