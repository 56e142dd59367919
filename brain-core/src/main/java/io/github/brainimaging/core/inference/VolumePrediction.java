package io.github.brainimaging.core.inference;

import java.util.List;
import java.util.Objects;

/**
 * What a classifier says of a volume, and of the slices that it looked at.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param prediction of the volume
 * @param slices from the first to the last that was looked at; empty for a model that sees the
 *     volume as a whole
 * @since 0.1.0
 */
public record VolumePrediction(Prediction prediction, List<SlicePrediction> slices) {

  /**
   * Copies the slices.
   *
   * @param prediction of the volume
   * @param slices that were looked at
   */
  public VolumePrediction {
    Objects.requireNonNull(prediction, "prediction");
    slices = List.copyOf(slices);
  }

  /**
   * The mean of several runs on the same volume, with what they disagree about.
   *
   * @param runs one or more, with equal labels and equal tumor labels
   * @return {@link Prediction#ofRuns} of their predictions; the slices are the first run's
   * @throws IllegalArgumentException if there are none or the labels differ
   */
  public static VolumePrediction ofRuns(List<VolumePrediction> runs) {
    Prediction mean = Prediction.ofRuns(runs.stream().map(VolumePrediction::prediction).toList());
    return new VolumePrediction(mean, runs.get(0).slices);
  }
}
