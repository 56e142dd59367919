package io.github.brainimaging.core.transform;

import io.github.brainimaging.core.image.MedicalImage;

/**
 * A deterministic step from one image to another. The input is never changed; the same input always
 * gives the same output, bit for bit.
 *
 * <p>Implementations are immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Transform {

  /**
   * Applies the transform.
   *
   * @param image the input
   * @return the output, a new image or the input itself where nothing is to be done
   * @throws IllegalArgumentException if the transform cannot take this image; the message says what
   *     it needs
   */
  MedicalImage apply(MedicalImage image);

  /**
   * This transform, then another.
   *
   * @param next what to apply to this transform's output
   * @return both as one transform
   */
  default Transform then(Transform next) {
    return image -> next.apply(apply(image));
  }
}
