package io.github.brainimaging.core.domain;

import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.internal.Arguments;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How large a brain can be: what was taken for one and is smaller or larger is none, or holds much
 * that is not brain.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param minimumMl the smallest brain, in milliliters
 * @param maximumMl the largest, with the fluid around it
 * @since 0.1.0
 */
public record BrainVolume(double minimumMl, double maximumMl) {

  private static final BrainVolume OF_PEOPLE = new BrainVolume(300, 2200);

  /**
   * Checks the limits.
   *
   * @param minimumMl the smallest brain, in milliliters
   * @param maximumMl the largest
   * @throws IllegalArgumentException if one is not finite, the smallest is negative or the largest
   *     not above it
   */
  public BrainVolume {
    Arguments.requireFinite("minimumMl", minimumMl);
    Arguments.requireFinite("maximumMl", maximumMl);
    Arguments.require(
        minimumMl >= 0 && minimumMl < maximumMl,
        "minimumMl must be from 0 to below maximumMl, got %s and %s",
        minimumMl,
        maximumMl);
  }

  /**
   * People, from the newborn to the largest head, and templates, which are a little too large.
   *
   * @return 300 to 2,200 ml
   */
  public static BrainVolume ofPeople() {
    return OF_PEOPLE;
  }

  /**
   * Whether a mask can be a brain.
   *
   * @param brain what was taken for a brain
   * @return out of domain if it is empty or of an impossible volume; of unknown spacing any that is
   *     not empty is in the domain
   */
  public Assessment assess(VolumeMask brain) {
    if (brain.isEmpty()) {
      return refused("no brain was found");
    }
    OptionalDouble volume = brain.volumeMl();
    if (volume.isEmpty()
        || (volume.getAsDouble() >= minimumMl && volume.getAsDouble() <= maximumMl)) {
      return Assessment.inDomain();
    }
    return refused(
        String.format(
            Locale.ROOT,
            "what was taken for the brain has %,.0f ml, and a brain %,.0f to %,.0f ml",
            volume.getAsDouble(),
            minimumMl,
            maximumMl));
  }

  private static Assessment refused(String reason) {
    return new Assessment(Assessment.Verdict.OUT_OF_DOMAIN, List.of(reason));
  }
}
