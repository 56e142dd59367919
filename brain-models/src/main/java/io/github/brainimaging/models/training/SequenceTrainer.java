package io.github.brainimaging.models.training;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.models.architecture.Network;
import io.github.brainimaging.models.architecture.Weights;
import io.github.brainimaging.models.onnx.ModelInput;
import io.github.brainimaging.models.training.internal.batch.LabeledSequences;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Trains a network to tell the class of a sequence of slices, as {@link Trainer} trains one for
 * single images: with a checkpoint after every epoch, from which it goes on. Sequences may differ
 * in length.
 *
 * <p>P4 trains with {@code Adam} (beta2 0.99), rate 3e-4, L2 1e-4, up to 100 epochs with patience
 * 3.
 *
 * <p>One training at a time in a JVM; see {@link Trainer} for the engine and its threads.
 */
public final class SequenceTrainer {

  private final Network network;
  private final ModelInput input;
  private final TrainingOptions options;

  private SequenceTrainer(Network network, ModelInput input, TrainingOptions options) {
    this.network = network;
    this.input = input;
    this.options = options;
  }

  /**
   * A trainer for a network.
   *
   * @param network the network, with input {@code [slices, channels, height, width]}, ending in a
   *     softmax; see {@link io.github.brainimaging.models.architecture.SliceSequences}
   * @param input how each slice is fed to it, NCHW
   * @param options how it is trained
   * @return the trainer
   * @throws IllegalArgumentException if the input does not fit the network
   */
  public static SequenceTrainer of(Network network, ModelInput input, TrainingOptions options) {
    List<Integer> shape = network.inputShape();
    Arguments.require(
        shape.size() == 4
            && shape.subList(1, 4).equals(List.of(input.channels(), input.height(), input.width()))
            && input.layout() == Layout.NCHW,
        "input must be NCHW with slices of the network's %s, got %s",
        shape,
        input);
    return new SequenceTrainer(network, input, Objects.requireNonNull(options, "options"));
  }

  /**
   * Trains, or goes on with a training that was cut off.
   *
   * @param training the sequences to learn from
   * @param validation the sequences that choose the best epoch; of other patients
   * @param folder where checkpoint and history are kept; one folder per training
   * @param listener told of the progress
   * @return the best weights and the history
   * @throws IOException if an image cannot be read, the folder cannot be written, or it holds the
   *     checkpoint of another training
   * @throws IllegalArgumentException if a part is empty or the classes are not the network's
   * @throws IllegalStateException if the PyTorch engine is not on the class path
   */
  public TrainingResult train(
      SequenceSet training, SequenceSet validation, Path folder, TrainingListener listener)
      throws IOException {
    Arguments.require(
        network.outputShape().equals(List.of(training.labels().size()))
            && training.labels().equals(validation.labels()),
        "labels must be the network's %s classes in both parts, got %s and %s",
        network.outputShape(),
        training.labels(),
        validation.labels());
    Arguments.require(
        !training.sequences().isEmpty() && !validation.sequences().isEmpty(),
        "training and validation must not be empty, got %s and %s sequences",
        training.sequences().size(),
        validation.sequences().size());
    String identity =
        String.join(
            ", ",
            network.toString(),
            input.toString(),
            "labels " + training.labels(),
            "training on " + training.fingerprint(),
            "validation on " + validation.fingerprint());
    ClassificationTask task =
        new ClassificationTask(
            network,
            Weights.random(network.logits(), options.seed()),
            options,
            identity,
            LabeledSequences.read(training, input, options.augmentation()),
            LabeledSequences.read(validation, input, options.augmentation()));
    TrainingResult result = TrainingLoop.run(task, options, folder, listener);
    result.weights().requireFit(network);
    return result;
  }
}
