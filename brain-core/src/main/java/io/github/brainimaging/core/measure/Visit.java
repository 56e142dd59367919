package io.github.brainimaging.core.measure;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;

/**
 * What was found in a patient at one visit.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param name what to call it, such as its file or its date
 * @param head the volume, one channel
 * @param mask the lesions in it, on its grid; may be empty
 * @since 0.1.0
 */
public record Visit(String name, MedicalVolume head, VolumeMask mask) {

  /**
   * Checks the grid.
   *
   * @param name what to call it
   * @param head the volume
   * @param mask the lesions in it
   * @throws IllegalArgumentException if the volume has several channels, or the mask lies on
   *     another grid
   */
  public Visit {
    Arguments.require(head.channels() == 1, "head must have 1 channel, got %s", head.channels());
    Arguments.require(
        mask.grid().matches(head.grid()),
        "mask must lie on the grid of the head %s, got %s",
        head.grid(),
        mask.grid());
  }

  /**
   * What became of the lesions until a later visit of the same patient. Takes some ten seconds,
   * since the heads are registered.
   *
   * @param later the later visit, in the same modality or another
   * @return the change
   * @throws IllegalArgumentException if a head is constant, only one spacing is known, or both
   *     heads cannot be brought to overlap
   */
  public Change changeTo(Visit later) {
    return ChangeFinder.find(this, later);
  }
}
