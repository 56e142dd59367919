package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A region in a volume, on the grid of the volume that came in.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param mask the voxels; {@link VolumeMask#volumeMl} is their volume
 * @param confidence how sure the segmenter is of them, 0 to 1; empty if it does not tell
 * @param remarks in words: what was drawn and left out again, and why; empty where nothing was
 */
public record VolumeSegmentation(VolumeMask mask, OptionalDouble confidence, List<String> remarks) {

  /**
   * Checks the values.
   *
   * @param mask the voxels
   * @param confidence how sure the segmenter is of them
   * @param remarks what was left out, and why
   */
  public VolumeSegmentation {
    Objects.requireNonNull(mask, "mask");
    Arguments.require(
        confidence.isEmpty() || (confidence.getAsDouble() >= 0 && confidence.getAsDouble() <= 1),
        "confidence must be between 0 and 1, got %s",
        confidence);
    remarks = List.copyOf(remarks);
  }

  /**
   * A region of which nothing was left out.
   *
   * @param mask the voxels
   * @param confidence how sure the segmenter is of them
   */
  public VolumeSegmentation(VolumeMask mask, OptionalDouble confidence) {
    this(mask, confidence, List.of());
  }

  /**
   * What is left where a part was left out.
   *
   * @param rest a part of the mask
   * @param reason what was left out and why
   * @return the rest with the same confidence, none if nothing is left, and one more remark
   */
  public VolumeSegmentation leaving(VolumeMask rest, String reason) {
    List<String> more = new ArrayList<>(remarks);
    more.add(reason);
    return new VolumeSegmentation(rest, rest.isEmpty() ? OptionalDouble.empty() : confidence, more);
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
