package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.network.format.internal.ActivationOutput;
import io.github.brainimaging.models.onnx.internal.Answers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Asks a network with part of its pooled features dropped, differently each time, and gives the
 * mean of what it says with {@link Prediction#uncertainty}: Monte-Carlo dropout of the head (Y.
 * Gal, Z. Ghahramani, "Dropout as a Bayesian approximation", 2016). For networks that pool their
 * last feature map as a whole, whoever exported them; it means something for those that were
 * trained with dropout there, such as the heads {@code POOLED} (0.2) and {@code P3} (0.5).
 *
 * <p>Features are computed once for an image, and the head runs on all copies at once. What is
 * dropped is drawn once from the seed and is the same for all images, so the same image gives the
 * same answer. Whether an image is in the domain is told by the plain classifier, which runs as
 * well: two runs of the network together.
 *
 * <p>Runs on the CPU. Safe to share between threads. Holds native memory: close it.
 *
 * @since 0.1.0
 */
public final class DropoutClassifier implements Classifier, AutoCloseable {

  private final OnnxClassifier plain;
  private final FeatureExtractor network;

  private DropoutClassifier(OnnxClassifier plain, FeatureExtractor network) {
    this.plain = plain;
    this.network = network;
  }

  /**
   * Loads a network once more, with dropout before its head.
   *
   * @param model the network of the classifier
   * @param classifier gives the card and the assessment; stays the caller's to close
   * @param runs how many copies of the features the head sees, at least 2
   * @param rate the share of the features that is dropped, 0 to below 1: that of the training
   * @param seed equal seeds drop the same
   * @return the classifier, to be closed by the caller
   * @throws IllegalArgumentException if a number is out of range
   * @throws ModelException if the model is missing or damaged, does not take the card's input, or
   *     has no global pooling
   */
  public static DropoutClassifier open(
      ModelSource model, OnnxClassifier classifier, int runs, double rate, long seed) {
    Arguments.require(runs >= 2, "runs must be at least 2, got %s", runs);
    Arguments.require(rate >= 0 && rate < 1, "rate must be 0 to below 1, got %s", rate);
    ModelCard card = classifier.card();
    byte[] extended;
    try {
      byte[] bytes = model.toBytes();
      byte[] cut = ActivationOutput.pooledFeatures(bytes);
      int features;
      try (FeatureExtractor pooled =
          FeatureExtractor.open(
              ModelSource.ofBytes(cut, model + " before its head"), card.input())) {
        features = pooled.shape().stream().mapToInt(Integer::intValue).reduce(1, (a, b) -> a * b);
      }
      extended =
          ActivationOutput.ofScaledFeatures(bytes, factors(runs, features, rate, new Random(seed)));
    } catch (ModelException e) {
      throw new ModelException("model " + model + ": " + e.getMessage(), e);
    }
    FeatureExtractor network =
        FeatureExtractor.open(ModelSource.ofBytes(extended, model + " with dropout"), card.input());
    return new DropoutClassifier(classifier, network);
  }

  /** 0 for what is dropped; the rest makes up for it. */
  private static float[][] factors(int runs, int features, double rate, Random random) {
    float[][] factors = new float[runs][features];
    for (float[] row : factors) {
      for (int i = 0; i < features; i++) {
        row[i] = random.nextDouble() < rate ? 0 : (float) (1 / (1 - rate));
      }
    }
    return factors;
  }

  /**
   * The classes, of the model without dropout, in the order of the network's outputs.
   *
   * @return at least one label, without duplicates
   */
  @Override
  public List<String> labels() {
    return plain.labels();
  }

  /**
   * Classifies an image with every copy of its features.
   *
   * @param image the image as read, gray or RGB, of any size
   * @return the mean, with its uncertainty and the plain classifier's assessment
   * @throws IllegalArgumentException if the image has neither 1 nor 3 channels, or NaN or infinite
   *     samples that reach the network
   * @throws ModelException if a run fails
   * @throws IllegalStateException if this or the plain classifier was closed
   */
  @Override
  public Prediction classify(MedicalImage image) {
    ModelCard card = plain.card();
    Tensor scores = network.extract(image);
    int classes = scores.shape()[1];
    List<Prediction> runs = new ArrayList<>();
    for (int run = 0; run < scores.shape()[0]; run++) {
      double[] own = new double[classes];
      for (int i = 0; i < classes; i++) {
        own[i] = scores.get(run * classes + i);
      }
      runs.add(Answers.prediction(card, Answers.probabilities(card, own)));
    }
    return Prediction.ofRuns(runs).withAssessment(plain.assess(image));
  }

  /**
   * Frees the native memory of this, not that of the plain classifier. Closing twice does nothing.
   */
  @Override
  public void close() {
    network.close();
  }
}
