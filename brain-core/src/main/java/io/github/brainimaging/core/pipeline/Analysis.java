package io.github.brainimaging.core.pipeline;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link BrainPipeline} says of one image.
 *
 * <p>Holds the image itself (4 bytes per sample), so that an overlay can be drawn. Where thousands
 * of images are analyzed, take what is needed from each and let it go.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Analysis {

  private final String input;
  private final MedicalImage image;
  private final @Nullable Prediction prediction;
  private final @Nullable Segmentation segmentation;
  private final Map<String, Double> milliseconds;

  Analysis(
      String input,
      MedicalImage image,
      @Nullable Prediction prediction,
      @Nullable Segmentation segmentation,
      Map<String, Double> milliseconds) {
    this.input = input;
    this.image = image;
    this.prediction = prediction;
    this.segmentation = segmentation;
    this.milliseconds = Collections.unmodifiableMap(new LinkedHashMap<>(milliseconds));
  }

  /**
   * The name of the input: the path of the file, or what the caller named the image.
   *
   * @return as given
   */
  public String input() {
    return input;
  }

  /**
   * The image as read, before any preprocessing: its size, channels, spacing and modality are the
   * input's.
   *
   * @return the image
   */
  public MedicalImage image() {
    return image;
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
   * The region, on the grid of {@link #image()}.
   *
   * @return empty if the pipeline has no segmenter, or its condition did not hold
   */
  public Optional<Segmentation> segmentation() {
    return Optional.ofNullable(segmentation);
  }

  /**
   * Whether there is a tumor: what the classifier says; without a classifier, whether the segmenter
   * found something.
   *
   * @return true for a tumor
   */
  public boolean tumorPresent() {
    return prediction != null ? prediction.isTumor() : segmentation != null && segmentation.found();
  }

  /**
   * The time that each step took, in the order in which they ran: {@code read} (files only), the
   * transforms by their names, {@code classify}, {@code segment}. A step that did not run is not
   * there.
   *
   * @return an unmodifiable map: step -> milliseconds
   */
  public Map<String, Double> milliseconds() {
    return milliseconds;
  }

  /** Input, size and findings in one line, never the samples. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Analysis[");
    text.append(input).append(", ").append(image.width()).append('x').append(image.height());
    if (prediction != null) {
      text.append(
          String.format(Locale.ROOT, ", %s %.4f", prediction.label(), prediction.probability()));
    }
    if (segmentation != null) {
      text.append(", ").append(segmentation.areaPixels()).append(" pixels segmented");
    }
    return text.append(']').toString();
  }
}
