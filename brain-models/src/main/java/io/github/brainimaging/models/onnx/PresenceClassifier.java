package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.SecondOpinion;
import io.github.brainimaging.core.internal.LogOdds;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.card.ModelException;
import java.util.List;

/**
 * Tells whether a slice of a head MRI holds a tumor, by what the embedded segmenter sees: a
 * logistic regression on mean and maximum of each channel of one of its last layers. The segmenter
 * has learned how a tumor looks, not what a picture with one looks like, and so knows many in
 * sequences without contrast agent that the embedded classifier passes over; on contrast T1 it is
 * the worse of the two. Runs on the CPU. It is made to be asked as {@link SecondOpinion}:
 *
 * <pre>{@code
 * try (OnnxClassifier first = OnnxClassifier.embedded();
 *     PresenceClassifier second = PresenceClassifier.embedded()) {
 *   Prediction prediction = SecondOpinion.of(first, second).classify(image);
 * }
 * }</pre>
 *
 * <p>It takes everything for a head: whether an image is one, {@link OnnxClassifier#assess} says.
 * docs/domain.md says how often it is right.
 *
 * <p>Safe to share between threads. Holds native memory: whoever opens one closes it.
 *
 * @since 0.1.0
 */
public final class PresenceClassifier implements Classifier, AutoCloseable {

  /** The layer of the embedded segmenter whose channels it looks at. */
  public static final String LAYER = "relu137";

  /** Its classes: nothing, and a tumor. */
  private static final List<String> LABELS = List.of("notumor", "tumor");

  private static final String WEIGHTS = "tumor-presence.csv";

  private final FeatureExtractor extractor;

  /** The bias, then a weight for each feature. */
  private final double[] weights;

  private PresenceClassifier(FeatureExtractor extractor, double[] weights) {
    this.extractor = extractor;
    this.weights = weights;
  }

  /**
   * The one that this library brings along, on all processors.
   *
   * @return a new classifier, to be closed by the caller
   * @throws ModelException if it cannot be loaded
   */
  public static PresenceClassifier embedded() {
    return embedded(Runtime.getRuntime().availableProcessors());
  }

  /**
   * The one that this library brings along.
   *
   * @param threads that share the work of one run, 1 or more
   * @return a new classifier, to be closed by the caller
   * @throws ModelException if it cannot be loaded
   */
  public static PresenceClassifier embedded(int threads) {
    ModelSource segmenter = ModelSource.embeddedSegmenter();
    double[] weights = read(segmenter.sha256());
    return new PresenceClassifier(FeatureExtractor.ofLayer(segmenter, LAYER, threads), weights);
  }

  /** The first line names the network that the weights are for. */
  private static double[] read(String network) {
    List<String> lines = WeightLines.of(WEIGHTS);
    String learned = lines.get(0);
    if (!network.equals(learned)) {
      throw new ModelException(
          WEIGHTS + " belongs to the network " + learned + ", but the segmenter is " + network);
    }
    return lines.stream().skip(1).mapToDouble(Double::parseDouble).toArray();
  }

  /**
   * What the regression is given.
   *
   * @param maps values of {@link #LAYER}, [C, H, W]
   * @return the mean of each channel, then the maximum of each
   */
  public static float[] features(Tensor maps) {
    float[] values = maps.toArray();
    int channels = maps.shape()[0];
    int pixels = values.length / channels;
    float[] features = new float[2 * channels];
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      float highest = Float.NEGATIVE_INFINITY;
      for (int i = c * pixels; i < (c + 1) * pixels; i++) {
        sum += values[i];
        highest = Math.max(highest, values[i]);
      }
      features[c] = (float) (sum / pixels);
      features[channels + c] = highest;
    }
    return features;
  }

  /** "notumor" and "tumor". */
  @Override
  public List<String> labels() {
    return LABELS;
  }

  /**
   * Classifies one image.
   *
   * @param image a slice of a head as read, gray or RGB, of any size
   * @return how likely it holds a tumor
   * @throws IllegalArgumentException if the image has neither 1 nor 3 channels, or NaN or infinite
   *     samples that reach the network
   * @throws ModelException if the run fails
   * @throws IllegalStateException if the classifier is closed
   */
  @Override
  public Prediction classify(MedicalImage image) {
    float[] features = features(extractor.extract(image));
    double score = weights[0];
    for (int i = 0; i < features.length; i++) {
      score += weights[i + 1] * features[i];
    }
    double tumor = LogOdds.probability(score);
    return Prediction.of(LABELS, 1 - tumor, tumor);
  }

  /** Frees the native memory. Closing twice does nothing. */
  @Override
  public void close() {
    extractor.close();
  }

  /** What it looks at. */
  @Override
  public String toString() {
    return "PresenceClassifier[" + LAYER + " of the embedded segmenter]";
  }
}
