package io.github.brainimaging.models.training;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.training.internal.batch.LabeledImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

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

  private final Start start;
  private final TrainingOptions options;
  private final Augmentation augmentation;
  private final CrossEntropy loss;

  private Trainer(
      Start start, TrainingOptions options, Augmentation augmentation, CrossEntropy loss) {
    this.start = start;
    this.options = Objects.requireNonNull(options, "options");
    this.augmentation = Objects.requireNonNull(augmentation, "augmentation");
    this.loss = Objects.requireNonNull(loss, "loss");
  }

  /**
   * A trainer for a network, without augmentation and with the usual loss.
   *
   * @param network the network, ending in a softmax or sigmoid; what is frozen in it is not trained
   * @param input how images are fed to it, NCHW; must have the network's input shape
   * @param options how it is trained
   * @return the trainer
   * @throws IllegalArgumentException if the input does not fit the network
   */
  public static Trainer of(Network network, ModelInput input, TrainingOptions options) {
    Start random = Start.random(network, network.inputShape(), input, options.seed());
    return new Trainer(random, options, Augmentation.none(), CrossEntropy.withDefaults());
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
    return new Trainer(start.from(weights), options, augmentation, loss);
  }

  /**
   * The same with an augmentation.
   *
   * @param newAugmentation what is done to every training image before its intensities are
   *     normalized; one that does not describe itself is not compared when a training goes on
   * @return a new trainer
   */
  public Trainer withAugmentation(Augmentation newAugmentation) {
    return new Trainer(start, options, newAugmentation, loss);
  }

  /**
   * The same with another loss.
   *
   * @param newLoss {@link CrossEntropy#withDefaults()} if not set
   * @return a new trainer
   */
  public Trainer withLoss(CrossEntropy newLoss) {
    return new Trainer(start, options, augmentation, newLoss);
  }

  /**
   * Trains, or goes on with a training that was cut off.
   *
   * @param training the images to learn from
   * @param validation the images that choose the best epoch; none of them may be among the others
   * @param folder where checkpoint and history are kept; one folder per training
   * @param progress told of every step; may cancel, which loses the epoch that has begun
   * @param epochs told of every epoch, when its checkpoint is on disk
   * @return the best weights and the history
   * @throws IOException if an image cannot be read, the folder cannot be written, or it holds the
   *     checkpoint of another training: of another network, input, option, augmentation, or of
   *     images with other names or in other classes. Where the class folders lie does not matter
   * @throws IllegalArgumentException if the number of classes is not the network's
   * @throws IllegalStateException if the PyTorch engine is not on the class path
   */
  public TrainingResult train(
      DataSet training,
      DataSet validation,
      Path folder,
      Progress progress,
      Consumer<EpochResult> epochs)
      throws IOException {
    ClassificationTask.requireLabels(start.network(), loss, training.labels(), validation.labels());
    Start.requireExamples("images", training.images(), validation.images());
    ClassificationTask task =
        new ClassificationTask(
            start,
            loss,
            start
                .identity()
                .add("augmentation", augmentation)
                .addData(training.labels(), training.fingerprint(), validation.fingerprint()),
            LabeledImages.read(training, start.input(), augmentation),
            LabeledImages.read(validation, start.input(), augmentation));
    return TrainingLoop.run(task, options, folder, progress, epochs);
  }

  @Override
  public String toString() {
    return "Trainer[%s, %s, augmentation=%s, %s]"
        .formatted(start.toBrief(), options, augmentation, loss);
  }
}
