package io.github.brainimaging.core.pipeline;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link BrainPipeline} says of one image.
 *
 * <p>Holds the image itself (4 bytes per sample), so that an overlay can be drawn. Where thousands
 * of images are analyzed, take what is needed from each and let it go.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Analysis {

  private final Findings<MedicalImage, Segmentation> findings;

  Analysis(Findings<MedicalImage, Segmentation> findings) {
    this.findings = findings;
  }

  /**
   * The name of the input: the path of the file, or what the caller named the image.
   *
   * @return as given
   */
  public String input() {
    return findings.input();
  }

  /**
   * The image as read, before any preprocessing: its size, channels, spacing and modality are the
   * input's.
   *
   * @return the image
   */
  public MedicalImage image() {
    return findings.image();
  }

  /**
   * Whether this is an image that the models were made for, with the reasons if not. Where it is
   * out of the domain, there is no class and no mask, unless the pipeline insists.
   *
   * @return the worst of what the assessors and the classifiers say
   */
  public Assessment assessment() {
    return findings.assessment();
  }

  /**
   * The class with all probabilities: of several classifiers, what the last that ran says.
   *
   * @return empty if the pipeline has no classifier, or refused to answer
   */
  public Optional<Prediction> prediction() {
    return findings.prediction();
  }

  /**
   * What each classifier that ran says, in the order in which they ran: {@code classify}, then
   * {@code classify2} and so on where {@link BrainPipeline.Builder#classifyWhen} asked for it.
   *
   * @return an unmodifiable map: step -> prediction
   */
  public Map<String, Prediction> predictions() {
    return findings.predictions();
  }

  /**
   * The region, on the grid of {@link #image()}.
   *
   * @return empty if the pipeline has no segmenter, its condition did not hold, or it refused to
   *     answer
   */
  public Optional<Segmentation> segmentation() {
    return findings.found();
  }

  /**
   * Why there is no mask, or less of one than was drawn: what the pipeline and the segmenter say.
   *
   * @return an unmodifiable list, in words for people; empty where nothing is to be said
   */
  public List<String> remarks() {
    return findings.remarks();
  }

  /**
   * Whether there is a tumor: what {@link #prediction()} says; without a classifier, whether the
   * segmenter found something.
   *
   * @return true for a tumor; false also where {@link #assessment()} gives no answer
   */
  public boolean tumorPresent() {
    return prediction()
        .map(Prediction::isTumor)
        .orElseGet(() -> segmentation().filter(Segmentation::found).isPresent());
  }

  /**
   * The time that each step took, in the order in which they ran: {@code read} (where it was read),
   * the transforms by their names, {@code classify}, {@code segment}. A step that did not run is
   * not there.
   *
   * @return an unmodifiable map: step -> milliseconds
   */
  public Map<String, Double> milliseconds() {
    return findings.milliseconds();
  }

  /** Input, size and findings in one line, never the samples. */
  @Override
  public String toString() {
    return findings.describe(
        "Analysis",
        image().width() + "x" + image().height(),
        segmentation().map(found -> found.areaPixels() + " pixels segmented").orElse(null));
  }
}
