package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.image.MedicalImage;

/**
 * Says whether an image is one that a model should be asked about.
 *
 * <p>Implementations are safe to share between threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Assessor {

  /**
   * Looks at an image.
   *
   * @param image the image as read
   * @return the verdict with its reasons
   */
  Assessment assess(MedicalImage image);

  /**
   * Asks another one as well.
   *
   * @param other asked about the same image, unless this one already finds it out of the domain
   * @return gives the worse of both verdicts
   */
  default Assessor and(Assessor other) {
    return image -> {
      Assessment first = assess(image);
      return first.answers() ? first.and(other.assess(image)) : first;
    };
  }
}
