package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A region in a volume, on the grid of the volume that came in.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param mask the voxels; {@link VolumeMask#volumeMl} is their volume
 * @param confidence how sure the segmenter is of them, 0 to 1; empty if it does not tell
 */
public record VolumeSegmentation(VolumeMask mask, OptionalDouble confidence) {

  /**
   * Checks the values.
   *
   * @param mask the voxels
   * @param confidence how sure the segmenter is of them
   */
  public VolumeSegmentation {
    Objects.requireNonNull(mask, "mask");
    Arguments.require(
        confidence.isEmpty() || (confidence.getAsDouble() >= 0 && confidence.getAsDouble() <= 1),
        "confidence must be between 0 and 1, got %s",
        confidence);
  }

  /**
   * Whether there is a region.
   *
   * @return true if the mask is not empty
   */
  public boolean found() {
    return !mask.isEmpty();
  }
}
