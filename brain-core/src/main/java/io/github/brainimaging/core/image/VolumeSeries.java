package io.github.brainimaging.core.image;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/**
 * Volumes of one grid in order, usually over time: a four-dimensional file.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param volumes one or more, all with the same number of channels on the same grid
 * @param intervalSeconds time from one volume to the next in seconds, positive, or NaN if it is not
 *     known or the order is not one of time
 * @since 0.1.0
 */
public record VolumeSeries(List<MedicalVolume> volumes, double intervalSeconds) {

  /**
   * Checks that the volumes go together.
   *
   * @param volumes one or more, all with the same number of channels on the same grid
   * @param intervalSeconds time from one volume to the next in seconds, positive, or NaN if it is
   *     not known or the order is not one of time
   * @throws IllegalArgumentException if there is no volume, one has another grid or number of
   *     channels than the first, or the interval is zero, negative or infinite
   */
  public VolumeSeries {
    volumes = List.copyOf(volumes);
    Arguments.require(!volumes.isEmpty(), "volumes must hold at least one volume, got none");
    MedicalVolume first = volumes.get(0);
    for (MedicalVolume volume : volumes) {
      Arguments.require(
          volume.grid().equals(first.grid()) && volume.channels() == first.channels(),
          "volumes must have one grid and number of channels, got %s and %s",
          first,
          volume);
    }
    if (!Double.isNaN(intervalSeconds)) {
      Arguments.requirePositive("intervalSeconds", intervalSeconds);
    }
  }

  /** The first volume's facts and the number of volumes, never the samples. */
  @Override
  public String toString() {
    return "VolumeSeries[" + volumes.size() + " x " + volumes.get(0) + "]";
  }
}
