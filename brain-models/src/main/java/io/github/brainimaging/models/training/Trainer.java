package io.github.brainimaging.models.training;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.models.architecture.Network;
import io.github.brainimaging.models.architecture.Weights;
import io.github.brainimaging.models.onnx.ModelInput;
import io.github.brainimaging.models.training.internal.batch.LabeledImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains a network to tell the class of an image, with DJL's PyTorch engine, which the application
 * puts on its class path. After every epoch a checkpoint is written; called again with the same
 * folder, a training that was cut off goes on and ends as if it had never stopped.
 *
 * <p>One training at a time in a JVM. PyTorch takes its number of threads from the system property
 * {@code ai.djl.pytorch.num_threads}; on few cores 1 is as fast as 2 and leaves one to the
 * augmentation.
 */
public final class Trainer {

  private final Network network;
  private final ModelInput input;
  private final TrainingOptions options;
  private final Weights initial;
  private final String origin;

  private Trainer(
      Network network, ModelInput input, TrainingOptions options, Weights initial, String origin) {
    this.network = network;
    this.input = input;
    this.options = options;
    this.initial = initial;
    this.origin = origin;
  }

  /**
   * A trainer for a network.
   *
   * @param network the network, ending in a softmax or sigmoid; what is frozen in it is not trained
   * @param input how images are fed to it, NCHW; must have the network's input shape
   * @param options how it is trained
   * @return the trainer
   * @throws IllegalArgumentException if the input does not fit the network
   */
  public static Trainer of(Network network, ModelInput input, TrainingOptions options) {
    List<Integer> shape = List.of(input.channels(), input.height(), input.width());
    Arguments.require(
        shape.equals(network.inputShape()) && input.layout() == Layout.NCHW,
        "input must be NCHW with shape %s, got %s",
        network.inputShape(),
        input);
    Weights random = Weights.random(network.logits(), options.seed());
    return new Trainer(network, input, options, random, "random");
  }

  /**
   * The same, but starting from given weights rather than from random ones: fine-tuning. What the
   * network has frozen stays as it is.
   *
   * @param weights weights that fit the network
   * @return a new trainer
   * @throws IllegalArgumentException if they do not fit
   */
  public Trainer startingFrom(Weights weights) {
    weights.requireFit(network);
    return new Trainer(network, input, options, weights, WeightsDigest.of(weights));
  }

  /**
   * Trains, or goes on with a training that was cut off.
   *
   * @param training the images to learn from
   * @param validation the images that choose the best epoch; none of them may be among the others
   * @param folder where checkpoint and history are kept; one folder per training
   * @param listener told of the progress
   * @return the best weights and the history
   * @throws IOException if an image cannot be read, the folder cannot be written, or it holds the
   *     checkpoint of another training: of another network, input, option, augmentation, or of
   *     images with other names or in other classes. Where the class folders lie does not matter
   * @throws IllegalArgumentException if the number of classes is not the network's
   * @throws IllegalStateException if the PyTorch engine is not on the class path
   */
  public TrainingResult train(
      DataSet training, DataSet validation, Path folder, TrainingListener listener)
      throws IOException {
    ClassificationTask.requireLabels(network, options, training, validation);
    LabeledImages learned = LabeledImages.read(training, input, options.augmentation());
    LabeledImages heldOut = LabeledImages.read(validation, input, options.augmentation());
    String identity =
        String.join(
            ", ",
            network.toString(),
            network.trainableParameterCount() + " trainable",
            "weights " + origin,
            input.toString(),
            ClassificationTask.dataIdentity(training, validation));
    ClassificationTask task =
        new ClassificationTask(network, initial, options, identity, learned, heldOut);
    TrainingResult result = TrainingLoop.run(task, options, folder, listener);
    result.weights().requireFit(network);
    return result;
  }
}
