package io.github.brainimaging.core.pipeline;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link VolumePipeline} says of one volume. Holds the volume itself.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class VolumeAnalysis {

  private final String input;
  private final MedicalVolume volume;
  private final @Nullable Prediction prediction;
  private final @Nullable VolumeSegmentation segmentation;
  private final Map<String, Double> milliseconds;

  VolumeAnalysis(
      String input,
      MedicalVolume volume,
      @Nullable Prediction prediction,
      @Nullable VolumeSegmentation segmentation,
      Map<String, Double> milliseconds) {
    this.input = input;
    this.volume = volume;
    this.prediction = prediction;
    this.segmentation = segmentation;
    this.milliseconds = Collections.unmodifiableMap(new LinkedHashMap<>(milliseconds));
  }

  /**
   * The name of the input: the path, or what the caller named the volume.
   *
   * @return as given
   */
  public String input() {
    return input;
  }

  /**
   * The volume as read.
   *
   * @return the volume
   */
  public MedicalVolume volume() {
    return volume;
  }

  /**
   * The class with all probabilities.
   *
   * @return empty if the pipeline has no classifier
   */
  public Optional<Prediction> prediction() {
    return Optional.ofNullable(prediction);
  }

  /**
   * The region, on the grid of {@link #volume()}.
   *
   * @return empty if the pipeline has no segmenter, or its condition did not hold
   */
  public Optional<VolumeSegmentation> segmentation() {
    return Optional.ofNullable(segmentation);
  }

  /**
   * The time that each step took, in the order in which they ran.
   *
   * @return an unmodifiable map: step -> milliseconds
   */
  public Map<String, Double> milliseconds() {
    return milliseconds;
  }

  /** Input, size and findings in one line, never the samples. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("VolumeAnalysis[");
    text.append(input).append(", ").append(volume.grid());
    if (prediction != null) {
      text.append(
          String.format(Locale.ROOT, ", %s %.4f", prediction.label(), prediction.probability()));
    }
    if (segmentation != null) {
      text.append(", ").append(segmentation.mask());
    }
    return text.append(']').toString();
  }
}
