package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.explanation.Explainer;
import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.core.transform.spatial.Placement;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.network.format.internal.ActivationOutput;
import io.github.brainimaging.models.onnx.internal.ClassMap;

/**
 * Class activation maps in one run of the network (see {@link ActivationOutput}): for networks that
 * pool their last feature map as a whole, as most do. The map is as coarse as that feature map (8 x
 * 8 in the embedded classifier), enlarged linearly to the image.
 *
 * <p>A place counts by its score for the class less the mean of its scores for the others, where
 * labels exclude each other; by its score alone where they do not. 0 is the place of the image that
 * speaks least for the class, 1 that which speaks most, so nothing is below 0. What the network
 * does not see, such as the air that its card crops away, is 0.
 *
 * <p>Runs on the CPU. Safe to share between threads. Holds native memory: close it.
 *
 * @since 0.1.0
 */
public final class ClassActivation implements Explainer, AutoCloseable {

  private final ModelCard card;
  private final FeatureExtractor network;

  private ClassActivation(ModelCard card, FeatureExtractor network) {
    this.card = card;
    this.network = network;
  }

  /**
   * Loads a network once more, to show where it sees its classes.
   *
   * @param model the network of a classifier
   * @param card its card, such as {@link OnnxClassifier#card()}
   * @return the explainer, to be closed by the caller
   * @throws ModelException if it is missing or damaged, does not take the card's input, or has no
   *     global pooling; the message then names what explains any network
   */
  public static ClassActivation open(ModelSource model, ModelCard card) {
    byte[] extended;
    try {
      extended = ActivationOutput.of(model.toBytes());
    } catch (ModelException e) {
      throw new ModelException("model " + model + ": " + e.getMessage(), e);
    }
    FeatureExtractor network =
        FeatureExtractor.open(
            ModelSource.ofBytes(extended, model + " with class activation"), card.input());
    int axes = network.shape().size();
    int values = network.shape().get(axes - 1);
    int labels = card.labels().size();
    if (axes != 3 || !(values == labels || (values == 1 && labels == 2))) {
      network.close();
      throw new ModelException(
          String.format(
              "model %s gives places %s, expected [height, width, %d] for the labels %s",
              model, network.shape(), labels, card.labels()));
    }
    return new ClassActivation(card, network);
  }

  /**
   * Explains the class that the model gives the image. Where it gives none of several independent
   * labels, the likeliest of them.
   *
   * @param image the image as read
   * @return a map on the image's grid
   * @throws ModelException if the run fails
   * @throws IllegalStateException if this was closed
   */
  @Override
  public Explanation explain(MedicalImage image) {
    Tensor scores = network.extract(image);
    double[] whole = new double[scores.shape()[2]];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = scores.get(i);
    }
    return explain(image, ClassMap.label(card, whole), scores);
  }

  /**
   * Explains one class, whether the model gives it to the image or not.
   *
   * @param image the image as read
   * @param label one of the model's labels
   * @return a map on the image's grid
   * @throws IllegalArgumentException if there is no such label
   * @throws ModelException if the run fails
   * @throws IllegalStateException if this was closed
   */
  @Override
  public Explanation explain(MedicalImage image, String label) {
    ClassMap.requireLabel(card, label);
    return explain(image, label, network.extract(image));
  }

  private Explanation explain(MedicalImage image, String label, Tensor scores) {
    int rows = scores.shape()[0] - 1; // the first is that of the image
    int columns = scores.shape()[1];
    int classes = scores.shape()[2];
    float[] values = scores.toArray();
    float[] evidence = ClassMap.evidence(card, classes, label);
    float[] places = new float[rows * columns];
    for (int i = 0; i < places.length; i++) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += (double) evidence[c] * values[(columns + i) * classes + c];
      }
      places[i] = (float) sum;
    }
    Placement placement = network.input().placement(image);
    MedicalImage seen = ClassMap.seen(places, columns, placement);
    return ClassMap.laid("cam", label, seen, seen.range()[0], placement.source(), image);
  }

  /** Frees the native memory. Closing twice does nothing. */
  @Override
  public void close() {
    network.close();
  }
}
