package io.github.brainimaging.core.explanation;

import io.github.brainimaging.core.image.MedicalImage;

/**
 * Says where in an image a classifier sees a class.
 *
 * <p>Implementations are safe to share between threads.
 *
 * @since 0.1.0
 */
public interface Explainer {

  /**
   * Explains the class that the classifier gives the image. Where it gives none of several
   * independent labels, the likeliest of them.
   *
   * @param image the image as read
   * @return a map on the image's grid
   */
  Explanation explain(MedicalImage image);

  /**
   * Explains one class, whether the classifier gives it to the image or not.
   *
   * @param image the image as read
   * @param label one of the classifier's labels
   * @return a map on the image's grid
   * @throws IllegalArgumentException if there is no such label
   */
  Explanation explain(MedicalImage image, String label);

  /**
   * Asks another one as well, about the same class.
   *
   * @param other asked about the same image
   * @return gives the mean of both maps, see {@link Explanation#mean}
   */
  default Explainer and(Explainer other) {
    return new BothExplainers(this, other);
  }
}
