package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;

/**
 * Finds a region in an image.
 *
 * <p>Implementations are safe to share between threads.
 *
 * @since 0.1.0
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

  /**
   * The probability of each pixel to belong to the region.
   *
   * @param image the image as read
   * @return one channel of 0 to 1, on the grid of the image; of a segmenter that knows no
   *     probabilities 1 within the region and 0 outside
   */
  default MedicalImage probabilities(MedicalImage image) {
    Mask mask = segment(image).mask();
    float[] inside = new float[mask.width() * mask.height()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = mask.get(i % mask.width(), i / mask.width()) ? 1 : 0;
    }
    return MedicalImage.wrap(mask.width(), mask.height(), 1, inside).withSpacing(image.spacing());
  }

  /**
   * What {@link #probabilities} must exceed within the region.
   *
   * @return 0 to 1, 0.5 unless the segmenter says otherwise
   */
  default double threshold() {
    return 0.5;
  }
}
