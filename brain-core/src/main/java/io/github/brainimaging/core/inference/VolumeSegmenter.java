package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.slice.SliceSegmenter;

/**
 * Finds a region in a volume. {@link SliceSegmenter} makes one of a segmenter of single slices.
 *
 * <p>Implementations are safe to share between threads.
 *
 * @since 0.1.0
 */
public interface VolumeSegmenter {

  /**
   * Segments one volume.
   *
   * @param volume the volume as read
   * @return the region on the volume's grid; empty if nothing was found
   */
  VolumeSegmentation segment(MedicalVolume volume);
}
