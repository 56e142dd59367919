package io.github.brainimaging.models.training;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.training.internal.batch.LabeledImages;
import io.github.brainimaging.models.training.internal.batch.PaintedLesions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network to tell the class of an image, with DJL's PyTorch engine, which the application
 * puts on its class path. After every epoch a checkpoint is written; called again with the same
 * folder, a training that was cut off goes on and ends as if it had never stopped.
 *
 * <p>One training at a time in a JVM. PyTorch takes its number of threads from the system property
 * {@code ai.djl.pytorch.num_threads}; on few cores 1 is as fast as 2 and leaves one to the
 * augmentation.
 *
 * @since 0.1.0
 */
public final class Trainer {

  private final Start start;
  private final TrainingOptions options;
  private final Augmentation augmentation;
  private final ClassificationLoss loss;
  private final @Nullable Lesions lesions;

  /** Which healthy images get a lesion, and what they are then; by the names of the classes. */
  private record Lesions(Augmentation painter, String healthy, String diseased) {}

  private Trainer(
      Start start,
      TrainingOptions options,
      Augmentation augmentation,
      ClassificationLoss loss,
      @Nullable Lesions lesions) {
    this.start = start;
    this.options = Objects.requireNonNull(options, "options");
    this.augmentation = Objects.requireNonNull(augmentation, "augmentation");
    this.loss = Objects.requireNonNull(loss, "loss");
    this.lesions = lesions;
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
    return new Trainer(
        random, options, Augmentation.none(), ClassificationLoss.withDefaults(), null);
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
    return new Trainer(start.from(weights), options, augmentation, loss, lesions);
  }

  /**
   * The same with an augmentation.
   *
   * @param newAugmentation what is done to every training image before its intensities are
   *     normalized; one that does not describe itself is not compared when a training goes on
   * @return a new trainer
   */
  public Trainer withAugmentation(Augmentation newAugmentation) {
    return new Trainer(start, options, newAugmentation, loss, lesions);
  }

  /**
   * The same with another loss.
   *
   * @param newLoss {@link ClassificationLoss#withDefaults()} if not set
   * @return a new trainer
   */
  public Trainer withLoss(ClassificationLoss newLoss) {
    return new Trainer(start, options, augmentation, newLoss, lesions);
  }

  /**
   * The same, but images of a healthy class are shown now and then with a lesion, as images of
   * another class. Where tumors are known in one sequence only and healthy heads in others, a
   * network learns the sequence; this shows it tumors in those others.
   *
   * @param painter paints a lesion and marks it in the last channel, as {@link
   *     io.github.brainimaging.core.augmentation.RandomLesion} does; {@link Augmentation#sometimes}
   *     says how often. It comes before the augmentation
   * @param healthy name of the class whose images may get a lesion
   * @param diseased name of the class that an image with a painted lesion is of
   * @return a new trainer
   * @throws IllegalArgumentException if both are one class
   */
  public Trainer withPaintedLesions(Augmentation painter, String healthy, String diseased) {
    Arguments.require(
        !healthy.equals(diseased), "healthy and diseased must differ, both are %s", healthy);
    return new Trainer(start, options, augmentation, loss, new Lesions(painter, healthy, diseased));
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
   * @throws IllegalArgumentException if the number of classes is not the network's, or one of
   *     {@link #withPaintedLesions} is not among them
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
    PaintedLesions painted = lesions == null ? null : painted(lesions, training.labels());
    Identity identity = start.identity().add("augmentation", augmentation);
    if (lesions != null) {
      identity
          .add("painted lesions", lesions.painter)
          .add("painted classes", lesions.healthy + " to " + lesions.diseased);
    }
    ClassificationTask task =
        new ClassificationTask(
            start,
            loss,
            identity.addData(training.labels(), training.fingerprint(), validation.fingerprint()),
            LabeledImages.read(training, start.input(), augmentation).withLesions(painted),
            LabeledImages.read(validation, start.input(), augmentation));
    return TrainingLoop.run(task, options, folder, progress, epochs);
  }

  private static PaintedLesions painted(Lesions lesions, List<String> labels) {
    int healthy = labels.indexOf(lesions.healthy);
    int diseased = labels.indexOf(lesions.diseased);
    Arguments.require(
        healthy >= 0 && diseased >= 0,
        "painted lesions must turn %s into %s, got images of the classes %s",
        lesions.healthy,
        lesions.diseased,
        labels);
    return new PaintedLesions(lesions.painter, healthy, diseased);
  }

  @Override
  public String toString() {
    return "Trainer[%s, %s, augmentation=%s, %s%s]"
        .formatted(
            start.toBrief(), options, augmentation, loss, lesions == null ? "" : ", " + lesions);
  }
}
