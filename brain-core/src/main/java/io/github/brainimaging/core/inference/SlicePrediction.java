package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Objects;
import java.util.Optional;

/**
 * What a classifier said of one slice of a volume.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param turnedTo the orientation to which the volume was turned before its slices were numbered,
 *     such as LPS for axial ones; empty where it was not turned
 * @param number of the slice, from 0
 * @param prediction what was said, also where {@link Prediction#assessment} refuses to answer
 * @param weight its share in the answer of the volume, 0 to 1; 0 where it did not count
 * @since 0.1.0
 */
public record SlicePrediction(
    Optional<Orientation> turnedTo, int number, Prediction prediction, double weight) {

  /**
   * Checks the values.
   *
   * @param turnedTo the orientation of the numbered slices
   * @param number of the slice
   * @param prediction what was said
   * @param weight its share
   * @throws IllegalArgumentException if the number is negative or the weight is not from 0 to 1
   */
  public SlicePrediction {
    Objects.requireNonNull(turnedTo, "turnedTo");
    Objects.requireNonNull(prediction, "prediction");
    Arguments.require(number >= 0, "number must be 0 or more, got %s", number);
    Arguments.require(weight >= 0 && weight <= 1, "weight must be from 0 to 1, got %s", weight);
  }

  /**
   * Whether the answer of the volume rests on this slice.
   *
   * @return true if it has a weight
   */
  public boolean isDecisive() {
    return weight > 0;
  }
}
