package io.github.brainimaging.models.training;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.data.SequenceSet;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.training.internal.batch.LabeledSequences;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Trains a network to tell the class of a sequence of slices, as {@link Trainer} trains one for
 * single images: with a checkpoint after every epoch, from which it goes on. Sequences may differ
 * in length. How P4 trains is told by {@link Recipe#P4}.
 *
 * <p>One training at a time in a JVM; see {@link Trainer} for the engine and its threads.
 *
 * @since 0.1.0
 */
public final class SequenceTrainer {

  private final Start start;
  private final TrainingOptions options;
  private final Augmentation augmentation;
  private final ClassificationLoss loss;

  private SequenceTrainer(
      Start start, TrainingOptions options, Augmentation augmentation, ClassificationLoss loss) {
    this.start = start;
    this.options = options;
    this.augmentation = Objects.requireNonNull(augmentation, "augmentation");
    this.loss = Objects.requireNonNull(loss, "loss");
  }

  /**
   * A trainer for a network, without augmentation and with the usual loss.
   *
   * @param network the network, with input {@code [slices, channels, height, width]}, ending in a
   *     softmax; see {@link io.github.brainimaging.models.network.zoo.SliceSequences}
   * @param input how each slice is fed to it, NCHW
   * @param options how it is trained
   * @return the trainer
   * @throws IllegalArgumentException if the input does not fit the network
   */
  public static SequenceTrainer of(Network network, ModelInput input, TrainingOptions options) {
    List<Integer> shape = network.inputShape();
    Arguments.require(
        shape.size() == 4,
        "network must take [slices, channels, height, width], got one that takes %s",
        shape);
    Start random = Start.random(network, shape.subList(1, 4), input, options.seed());
    return new SequenceTrainer(
        random, options, Augmentation.none(), ClassificationLoss.withDefaults());
  }

  /**
   * The same with an augmentation.
   *
   * @param newAugmentation what is done to every training sequence, all slices alike; one that does
   *     not describe itself is not compared when a training goes on
   * @return a new trainer
   */
  public SequenceTrainer withAugmentation(Augmentation newAugmentation) {
    return new SequenceTrainer(start, options, newAugmentation, loss);
  }

  /**
   * The same with another loss.
   *
   * @param newLoss {@link ClassificationLoss#withDefaults()} if not set
   * @return a new trainer
   */
  public SequenceTrainer withLoss(ClassificationLoss newLoss) {
    return new SequenceTrainer(start, options, augmentation, newLoss);
  }

  /**
   * Trains, or goes on with a training that was cut off.
   *
   * @param training the sequences to learn from
   * @param validation the sequences that choose the best epoch; of other patients
   * @param folder where checkpoint and history are kept; one folder per training
   * @param progress told of every step; may cancel, which loses the epoch that has begun
   * @param epochs told of every epoch, when its checkpoint is on disk
   * @return the best weights and the history
   * @throws IOException if an image cannot be read, the folder cannot be written, or it holds the
   *     checkpoint of another training
   * @throws IllegalArgumentException if a part is empty or the classes are not the network's
   * @throws IllegalStateException if the PyTorch engine is not on the class path
   */
  public TrainingResult train(
      SequenceSet training,
      SequenceSet validation,
      Path folder,
      Progress progress,
      Consumer<EpochResult> epochs)
      throws IOException {
    ClassificationTask.requireLabels(start.network(), loss, training.labels(), validation.labels());
    Start.requireExamples("sequences", training.sequences(), validation.sequences());
    ClassificationTask task =
        new ClassificationTask(
            start,
            loss,
            start
                .identity()
                .add("augmentation", augmentation)
                .addData(training.labels(), training.fingerprint(), validation.fingerprint()),
            LabeledSequences.read(training, start.input(), augmentation),
            LabeledSequences.read(validation, start.input(), augmentation));
    return TrainingLoop.run(task, options, folder, progress, epochs);
  }

  @Override
  public String toString() {
    return "SequenceTrainer[%s, %s, augmentation=%s, %s]"
        .formatted(start.toBrief(), options, augmentation, loss);
  }
}
