package io.github.brainimaging.core.transform;

import io.github.brainimaging.core.image.MedicalVolume;

/**
 * A deterministic step from one volume to another, as {@link Transform} is for images. What needs
 * samples and no grid, such as a z-score, is both. The input is never changed; the same input
 * always gives the same output, bit for bit.
 *
 * <p>Implementations are immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface VolumeTransform {

  /**
   * Applies the transform.
   *
   * @param volume the input
   * @return the output, a new volume or the input itself where nothing is to be done
   * @throws IllegalArgumentException if the transform cannot take this volume; the message says
   *     what it needs
   */
  MedicalVolume apply(MedicalVolume volume);
}
