package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.explanation.Explainer;
import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.SecondOpinion;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.LogOdds;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.core.transform.intensity.GaussianSmoothing;
import io.github.brainimaging.core.transform.spatial.Placement;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.onnx.internal.ClassMap;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** Of the width of the layer. */
  private static final double SMOOTHING = 1 / 30.0;

  private static final String WEIGHTS = "tumor-presence.csv";

  private final ModelSource segmenter;
  private final int threads;

  /** The bias, then a weight for each feature. */
  private final double[] weights;

  /** Loaded when it is first asked, which where tumors are certain is never. */
  private @Nullable FeatureExtractor extractor;

  private boolean closed;

  private PresenceClassifier(ModelSource segmenter, int threads) {
    this.segmenter = segmenter;
    this.threads = threads;
    this.weights = read(segmenter.sha256());
  }

  /**
   * The one that this library brings along, on all processors. Its network is loaded when it is
   * first asked.
   *
   * @return a new classifier, to be closed by the caller
   * @throws ModelException if it cannot be read
   */
  public static PresenceClassifier embedded() {
    return embedded(Runtime.getRuntime().availableProcessors());
  }

  /**
   * The one that this library brings along. Its network is loaded when it is first asked.
   *
   * @param threads that share the work of one run, 1 or more
   * @return a new classifier, to be closed by the caller
   * @throws ModelException if it cannot be read
   */
  public static PresenceClassifier embedded(int threads) {
    return new PresenceClassifier(ModelSource.embeddedSegmenter(), threads);
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
   * @throws ModelException if the network cannot be loaded or the run fails
   * @throws IllegalStateException if the classifier is closed
   */
  @Override
  public Prediction classify(MedicalImage image) {
    double tumor = LogOdds.probability(score(extractor().extract(image)));
    return Prediction.of(LABELS, 1 - tumor, tumor);
  }

  private double score(Tensor maps) {
    float[] features = features(maps);
    double score = weights[0];
    for (int i = 0; i < features.length; i++) {
      score += weights[i + 1] * features[i];
    }
    return score;
  }

  /**
   * Shows where it sees a tumor: how much each place of the layer adds to the log-odds, by its
   * share of the means and where it is the maximum of a channel; smoothed by a Gaussian of a
   * thirtieth of the layer's width. 0 is the place that says least. One run of the network.
   *
   * @param labels of the classifier whose classes are to be explained, such as those of its card
   * @param tumorLabels which of them mean a tumor
   * @return explains these labels and its own: where they mean a tumor the map is of what speaks
   *     for one, else of what speaks against one; refuses others. Ends with this
   */
  public Explainer explainer(Collection<String> labels, Collection<String> tumorLabels) {
    return new Places(Set.copyOf(labels), Set.copyOf(tumorLabels));
  }

  private final class Places implements Explainer {

    private final Set<String> labels;
    private final Set<String> tumorLabels;

    Places(Set<String> labels, Set<String> tumorLabels) {
      this.labels = labels;
      this.tumorLabels = tumorLabels;
    }

    @Override
    public Explanation explain(MedicalImage image) {
      Tensor maps = extractor().extract(image);
      return explain(image, LABELS.get(score(maps) > 0 ? 1 : 0), maps);
    }

    @Override
    public Explanation explain(MedicalImage image, String label) {
      Arguments.require(
          labels.contains(label) || LABELS.contains(label),
          "label must be one of %s, got %s",
          labels,
          label);
      return explain(image, label, extractor().extract(image));
    }

    private Explanation explain(MedicalImage image, String label, Tensor maps) {
      boolean tumor = label.equals(LABELS.get(1)) || tumorLabels.contains(label);
      int rows = maps.shape()[1];
      int columns = maps.shape()[2];
      MedicalImage places =
          GaussianSmoothing.ofSigmaPixels(columns * SMOOTHING)
              .apply(MedicalImage.wrap(columns, rows, 1, shares(maps, tumor ? 1 : -1)));
      Placement placement = extractor().input().placement(image);
      MedicalImage seen = ClassMap.seen(places.samples(), columns, placement);
      return ClassMap.laid("presence", label, seen, seen.range()[0], placement.source(), image);
    }
  }

  /** What each place adds to the score. */
  private float[] shares(Tensor maps, int sign) {
    float[] values = maps.toArray();
    int channels = maps.shape()[0];
    int pixels = values.length / channels;
    float[] shares = new float[pixels];
    for (int c = 0; c < channels; c++) {
      int highest = c * pixels;
      for (int i = 0; i < pixels; i++) {
        int place = c * pixels + i;
        shares[i] += (float) (sign * weights[1 + c] * values[place] / pixels);
        highest = values[place] > values[highest] ? place : highest;
      }
      shares[highest - c * pixels] += (float) (sign * weights[1 + channels + c] * values[highest]);
    }
    return shares;
  }

  private synchronized FeatureExtractor extractor() {
    if (closed) {
      throw new IllegalStateException("the classifier was closed and cannot be used any more");
    }
    if (extractor == null) {
      extractor = FeatureExtractor.ofLayer(segmenter, LAYER, threads);
    }
    return extractor;
  }

  /** Frees the native memory, after the runs that are under way. Closing twice does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    if (extractor != null) {
      extractor.close();
    }
  }

  /** What it looks at. */
  @Override
  public String toString() {
    return "PresenceClassifier[" + LAYER + " of the embedded segmenter]";
  }
}
