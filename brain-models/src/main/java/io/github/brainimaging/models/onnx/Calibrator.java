package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.inference.ConformalSets;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.card.ClinicalColumns;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelDomain;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.VectorScaling;
import io.github.brainimaging.models.network.format.OnnxBackbone;
import io.github.brainimaging.models.network.format.internal.DomainOutput;
import io.github.brainimaging.models.network.format.internal.FeatureDistance;
import io.github.brainimaging.models.onnx.internal.Answers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/**
 * Makes a classifier honest, from images that it is shown: probabilities that come true as often as
 * they say (one temperature, or {@link VectorScaling} besides: Guo et al., "On calibration of
 * modern neural networks", 2017), sets of labels that hold the true one as often as asked for
 * ({@link ConformalSets}; fitted to the same images as the temperature, which is one number and
 * costs their promise next to nothing, unlike two numbers per class, which cost it some), and a
 * distance by which it tells images that it should not be asked about ({@link FeatureDistance}).
 *
 * <pre>{@code
 * try (Calibrator calibrator = Calibrator.of(Files.readAllBytes(onnx), card)) {
 *   calibrator.learned(image);               // each one that the model learned from
 *   calibrator.related(other, "scan 7");     // each one that it may be asked about, with a doubt
 *   calibrator.heldOut(another, "glioma");   // each one that it did not learn from
 *   Calibrator.Calibrated result = calibrator.fit(0.985, 0.8, Modality.MR);
 * }
 * }</pre>
 *
 * <p>Not safe to share between threads. Holds native memory: close it.
 *
 * @since 0.1.0
 */
public final class Calibrator implements AutoCloseable {

  /**
   * What {@link #fit} gives. With one temperature the model's classes are what they were; {@link
   * Scaling#VECTOR} may change the class of an image that is near the border of two.
   *
   * @param model the content of the .onnx file
   * @param card its card, with temperature, scaling and thresholds
   */
  @SuppressWarnings("ArrayRecordComponent") // a file, never compared
  public record Calibrated(byte[] model, ModelCard card) {}

  /** How probabilities are corrected. */
  public enum Scaling {
    /** By one number, which leaves the classes as they are. */
    TEMPERATURE,
    /** By the same number, then by a factor and a bias for each class. */
    VECTOR
  }

  private static final String LEARNED = "the images that the model learned from";
  private static final String RELATED =
      "other images of its kind (another sequence or preparation)";
  private static final int FOLDS = 5;
  private static final double HIGHEST_TEMPERATURE = 10;
  private static final int STEPS = 60;

  private final byte[] model;
  private final ModelCard card;
  private final String layer;
  private final FeatureExtractor extractor;
  private final OnnxClassifier classifier;
  private final List<float[]> learned = new ArrayList<>();
  private final Map<String, List<float[]>> related = new LinkedHashMap<>();
  private final List<float[]> held = new ArrayList<>();
  private final List<double[]> probabilities = new ArrayList<>();
  private final List<Integer> truth = new ArrayList<>();

  private ConformalSets.Method method = ConformalSets.Method.BY_CLASS;
  private double coverage = ConformalSets.none().coverage();
  private Scaling scaling = Scaling.TEMPERATURE;

  private Calibrator(byte[] model, ModelCard card, String layer) {
    if (!card.clinical().isEmpty()) {
      throw new ModelException(
          "expected a model that takes images only, found the clinical columns "
              + card.clinical().columns().stream().map(ClinicalColumns.Column::name).toList());
    }
    this.model = model;
    this.layer = layer;
    // What an earlier calibration said does not count, nor does the sum of a file that changes.
    this.card =
        card.toBuilder()
            .temperature(1)
            .scaling(VectorScaling.none())
            .domain(ModelDomain.unknown().withTumorSequences(card.domain().tumorSequences()))
            .sets(ConformalSets.none())
            .sha256("")
            .build();
    byte[] cut = OnnxBackbone.cutAt(model, layer).toBytes();
    extractor = FeatureExtractor.open(ModelSource.ofBytes(cut, card.name()), card.input());
    if (extractor.shape().size() != 3) {
      extractor.close();
      throw new ModelException(
          "expected a layer of shape [channels, height, width], found "
              + extractor.shape()
              + " at "
              + layer);
    }
    try {
      classifier =
          OnnxClassifier.builder()
              .model(ModelSource.ofBytes(model, card.name()))
              .card(this.card.toBuilder().domain(ModelDomain.unknown()).build())
              .device(Device.cpu())
              .build();
    } catch (RuntimeException e) {
      extractor.close();
      throw e;
    }
  }

  /**
   * Starts, at the layer that {@link DomainOutput#usualLayer} names.
   *
   * @param model content of an .onnx file of a classifier
   * @param card its card
   * @return a calibrator, to be closed by the caller
   * @throws ModelException if the model is damaged, not what its card says, or has no such layer
   */
  public static Calibrator of(byte[] model, ModelCard card) {
    return of(model, card, DomainOutput.usualLayer(model));
  }

  /**
   * Starts at a layer.
   *
   * @param model content of an .onnx file of a classifier
   * @param card its card
   * @param layer name of a value or node that gives [N, C, H, W], about in the middle
   * @return a calibrator, to be closed by the caller
   * @throws ModelException if the model is damaged, not what its card says, or has no such layer
   */
  public static Calibrator of(byte[] model, ModelCard card, String layer) {
    return new Calibrator(model.clone(), card, layer);
  }

  /**
   * Where the features are taken.
   *
   * @return the name of the layer
   */
  public String layer() {
    return layer;
  }

  /**
   * An image that the model learned from.
   *
   * @param image the image as read
   */
  public void learned(MedicalImage image) {
    learned.add(features(image));
  }

  /**
   * An image that the model did not learn from but may be asked about, with a doubt.
   *
   * @param image the image as read
   * @param kind of which images it is one, such as the slices of one scan in one plane
   */
  public void related(MedicalImage image, String kind) {
    related.computeIfAbsent(kind, key -> new ArrayList<>()).add(features(image));
  }

  /**
   * An image that the model did not learn from although it could have: fits temperature, scaling,
   * sets and thresholds.
   *
   * @param image the image as read
   * @param label its true label
   * @throws IllegalArgumentException if the model has no such label
   */
  public void heldOut(MedicalImage image, String label) {
    int index = card.labels().indexOf(label);
    Arguments.require(index >= 0, "label must be one of %s, got %s", card.labels(), label);
    held.add(features(image));
    truth.add(index);
    probabilities.add(
        classifier.classify(image).probabilities().values().stream()
            .mapToDouble(Double::doubleValue)
            .toArray());
  }

  /**
   * Chooses the sets of labels. Default: {@link ConformalSets.Method#BY_CLASS} at 0.95. Where the
   * labels do not exclude each other there are none.
   *
   * @param newMethod how they are made
   * @param newCoverage the share of cases whose set is to hold the true label where nothing else is
   *     asked for, above 0 and below 1
   * @throws IllegalArgumentException if the coverage is out of range
   */
  public void chooseSets(ConformalSets.Method newMethod, double newCoverage) {
    method = Objects.requireNonNull(newMethod, "newMethod");
    Arguments.require(
        newCoverage > 0 && newCoverage < 1,
        "coverage must be between 0 and 1, got %s",
        newCoverage);
    coverage = newCoverage;
  }

  /**
   * Chooses how probabilities are corrected. Default: {@link Scaling#TEMPERATURE}.
   *
   * @param newScaling vector scaling has a factor and a bias for each class, which only images of
   *     that class tell: with few of them it changes little, as {@link VectorScaling#fit} says
   * @throws IllegalArgumentException if it is vector scaling and the labels do not exclude each
   *     other
   */
  public void chooseScaling(Scaling newScaling) {
    Arguments.require(
        newScaling == Scaling.TEMPERATURE || !card.activation().independent(card.labels().size()),
        "scaling must be TEMPERATURE for the labels %s, which do not exclude each other (%s), got"
            + " %s",
        card.labels(),
        card.activation(),
        newScaling);
    scaling = Objects.requireNonNull(newScaling, "newScaling");
  }

  /** Mean and standard deviation of each channel. */
  private float[] features(MedicalImage image) {
    Tensor maps = extractor.extract(image);
    float[] values = maps.toArray();
    int channels = maps.shape()[0];
    int pixels = values.length / channels;
    float[] features = new float[2 * channels];
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      double squares = 0;
      for (int i = c * pixels; i < (c + 1) * pixels; i++) {
        sum += values[i];
        squares += (double) values[i] * values[i];
      }
      double mean = sum / pixels;
      features[c] = (float) mean;
      features[channels + c] = (float) Math.sqrt(Math.max(0, squares / pixels - mean * mean));
    }
    return features;
  }

  /**
   * Fits all to the images shown.
   *
   * @param keep share of the images held out that are to be in the domain, above 0 and at most 1;
   *     0.985 is usual
   * @param keepRelated share of the images of a related kind not shown that are to be answered with
   *     a doubt, above 0 and at most 1; 0.9 is usual: what is let in here, is also let in of kinds
   *     that nobody thought of
   * @param modality what the images are
   * @return the model with the distances as a second output, and its card
   * @throws IllegalArgumentException if the share is out of range
   * @throws IllegalStateException if fewer than two images learned or held out were shown. Fewer
   *     than five related kinds are left out
   */
  public Calibrated fit(double keep, double keepRelated, Modality modality) {
    requireShare("keep", keep);
    requireShare("keepRelated", keepRelated);
    if (learned.size() < 2 || held.size() < 2) {
      throw new IllegalStateException(
          "expected two or more images learned and held out, found "
              + learned.size()
              + " and "
              + held.size());
    }
    List<FeatureDistance> distances = new ArrayList<>();
    List<ModelDomain.Group> groups = new ArrayList<>();
    FeatureDistance own = FeatureDistance.fit(learned);
    distances.add(own);
    groups.add(new ModelDomain.Group(LEARNED, quantile(held.stream().map(own::of).toList(), keep)));
    if (related.size() >= FOLDS) {
      distances.add(FeatureDistance.fit(List.copyOf(related.values()), learned));
      groups.add(new ModelDomain.Group(RELATED, quantile(crossed(), keepRelated)));
    }
    ModelCard calibrated = calibrated();
    ModelCard fitted =
        calibrated.toBuilder()
            .sets(sets(calibrated))
            .domain(new ModelDomain(modality, groups, card.domain().tumorSequences()))
            .build();
    return new Calibrated(DomainOutput.add(model, layer, distances), fitted);
  }

  private ModelCard calibrated() {
    ModelCard sharpened = card.toBuilder().temperature(temperature()).build();
    if (scaling == Scaling.TEMPERATURE) {
      return sharpened;
    }
    List<double[]> said =
        probabilities.stream().map(p -> Answers.calibrated(sharpened, p)).toList();
    return sharpened.toBuilder().scaling(VectorScaling.fit(said, truth)).build();
  }

  private ConformalSets sets(ModelCard calibrated) {
    if (card.activation().independent(card.labels().size())) {
      return ConformalSets.none();
    }
    List<String> labels = new ArrayList<>();
    List<Map<String, Double>> known = new ArrayList<>();
    for (int i = 0; i < truth.size(); i++) {
      labels.add(card.labels().get(truth.get(i)));
      double[] p = Answers.calibrated(calibrated, probabilities.get(i));
      Map<String, Double> one = new LinkedHashMap<>();
      for (int c = 0; c < p.length; c++) {
        one.put(card.labels().get(c), p[c]);
      }
      known.add(one);
    }
    return ConformalSets.fit(method, coverage, labels, known);
  }

  private static void requireShare(String name, double share) {
    Arguments.require(
        share > 0 && share <= 1, "%s must be above 0 and at most 1, got %s", name, share);
  }

  /** The distance of each related image from those of other kinds. */
  private List<Double> crossed() {
    List<Double> all = new ArrayList<>();
    List<List<float[]>> kinds = List.copyOf(related.values());
    for (int fold = 0; fold < FOLDS; fold++) {
      List<List<float[]>> rest = new ArrayList<>();
      List<float[]> tested = new ArrayList<>();
      for (int i = 0; i < kinds.size(); i++) {
        if (i % FOLDS == fold) {
          tested.addAll(kinds.get(i));
        } else {
          rest.add(kinds.get(i));
        }
      }
      FeatureDistance distance = FeatureDistance.fit(rest, learned);
      tested.forEach(features -> all.add(distance.of(features)));
    }
    return all;
  }

  private static double quantile(List<Double> values, double share) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /**
   * The one with the smallest log loss on the images held out; golden section over its logarithm.
   */
  private double temperature() {
    double low = -Math.log(HIGHEST_TEMPERATURE);
    double high = Math.log(HIGHEST_TEMPERATURE);
    double ratio = (Math.sqrt(5) - 1) / 2;
    DoubleUnaryOperator loss = x -> logLoss(Math.exp(x));
    for (int i = 0; i < STEPS; i++) {
      double left = high - ratio * (high - low);
      double right = low + ratio * (high - low);
      if (loss.applyAsDouble(left) < loss.applyAsDouble(right)) {
        high = right;
      } else {
        low = left;
      }
    }
    return Math.round(1000 * Math.exp((low + high) / 2)) / 1000.0;
  }

  private double logLoss(double temperature) {
    double sum = 0;
    for (int i = 0; i < truth.size(); i++) {
      double[] p = card.activation().sharpened(probabilities.get(i), temperature);
      sum -= Math.log(Math.max(p[truth.get(i)], 1e-12));
    }
    return sum / truth.size();
  }

  /** Frees the native memory. Closing twice does nothing. */
  @Override
  public void close() {
    extractor.close();
    classifier.close();
  }
}
