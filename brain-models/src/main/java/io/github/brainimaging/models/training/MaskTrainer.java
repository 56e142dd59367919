package io.github.brainimaging.models.training;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.data.ImageMaskPairs;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.training.internal.batch.MaskedImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Trains a network that gives a mask, on images with true masks, as {@link Trainer} trains a
 * classifier: with a checkpoint after every epoch, from which it goes on. The loss is P4's, pixel
 * cross-entropy plus one minus the Dice coefficient of the batch. In the history, accuracy is the
 * mean Dice coefficient of an image on the network's grid.
 *
 * <p>One training at a time in a JVM; see {@link Trainer} for the engine and its threads.
 *
 * @since 0.1.0
 */
public final class MaskTrainer {

  private final Start start;
  private final TrainingOptions options;
  private final Augmentation geometry;
  private final Augmentation intensities;
  private final double emptyShare;
  private final MaskLoss loss;

  private MaskTrainer(
      Start start,
      TrainingOptions options,
      Augmentation geometry,
      Augmentation intensities,
      double emptyShare,
      MaskLoss loss) {
    this.start = start;
    this.options = options;
    this.geometry = Objects.requireNonNull(geometry, "geometry");
    this.intensities = Objects.requireNonNull(intensities, "intensities");
    this.emptyShare = emptyShare;
    this.loss = Objects.requireNonNull(loss, "loss");
  }

  /**
   * A trainer for a network, without augmentation.
   *
   * @param network the network, whose output is one map of scores before a sigmoid, {@code [1,
   *     height, width]}
   * @param input how images are fed to it, NCHW; must have the network's input shape
   * @param options how it is trained
   * @return the trainer
   * @throws IllegalArgumentException if the input does not fit the network, or its output is
   *     another
   */
  public static MaskTrainer of(Network network, ModelInput input, TrainingOptions options) {
    Start random = Start.random(network, network.inputShape(), input, options.seed());
    List<Integer> map = List.of(1, input.height(), input.width());
    Arguments.require(
        map.equals(network.outputShape()),
        "network must give %s, got %s",
        map,
        network.outputShape());
    return new MaskTrainer(
        random, options, Augmentation.none(), Augmentation.none(), 1, MaskLoss.withDefaults());
  }

  /**
   * The same, but starting from given weights rather than from random ones: fine-tuning, say of the
   * embedded segmenter, {@code WeightFiles.readOnnx(ModelSource.embeddedSegmenter().toBytes())}.
   *
   * @param weights weights that fit the network, see {@code WeightTransfer} for those that fit in
   *     part
   * @return a new trainer
   * @throws IllegalArgumentException if they do not fit
   */
  public MaskTrainer startingFrom(Weights weights) {
    return new MaskTrainer(start.from(weights), options, geometry, intensities, emptyShare, loss);
  }

  /**
   * The same with an augmentation that moves pixels.
   *
   * @param augmentation applied to image and mask alike, the mask being a further channel; one that
   *     does not describe itself is not compared when a training goes on
   * @return a new trainer
   */
  public MaskTrainer withGeometry(Augmentation augmentation) {
    return new MaskTrainer(start, options, augmentation, intensities, emptyShare, loss);
  }

  /**
   * The same with an augmentation of intensities.
   *
   * @param augmentation applied to the image alone, after its pixels were moved; one that does not
   *     describe itself is not compared when a training goes on
   * @return a new trainer
   */
  public MaskTrainer withIntensities(Augmentation augmentation) {
    return new MaskTrainer(start, options, geometry, augmentation, emptyShare, loss);
  }

  /**
   * The same, but an epoch sees only some of the images whose mask is empty, drawn anew in each. Of
   * whole volumes most slices hold no tumor, and there is less to learn from them.
   *
   * @param share share of the empty images, 0 to 1; 1 if not set
   * @return a new trainer
   * @throws IllegalArgumentException if the share is out of range
   */
  public MaskTrainer withEmptyShare(double share) {
    Arguments.require(share >= 0 && share <= 1, "share must be from 0 to 1, got %s", share);
    return new MaskTrainer(start, options, geometry, intensities, share, loss);
  }

  /**
   * The same with another loss.
   *
   * @param newLoss {@link MaskLoss#withDefaults()} if not set
   * @return a new trainer
   */
  public MaskTrainer withLoss(MaskLoss newLoss) {
    return new MaskTrainer(start, options, geometry, intensities, emptyShare, newLoss);
  }

  /**
   * Trains, or goes on with a training that was cut off.
   *
   * @param training the pairs to learn from
   * @param validation the pairs that choose the best epoch; of other patients
   * @param folder where checkpoint and history are kept; one folder per training
   * @param progress told of every step; may cancel, which loses the epoch that has begun
   * @param epochs told of every epoch, when its checkpoint is on disk
   * @return the best weights and the history
   * @throws IOException if an image cannot be read, the folder cannot be written, or it holds the
   *     checkpoint of another training
   * @throws IllegalArgumentException if a part is empty, a mask has not the size of its image, or
   *     all masks to learn from are empty
   * @throws IllegalStateException if the PyTorch engine is not on the class path
   */
  public TrainingResult train(
      ImageMaskPairs training,
      ImageMaskPairs validation,
      Path folder,
      Progress progress,
      Consumer<EpochResult> epochs)
      throws IOException {
    Start.requireExamples("pairs", training.pairs(), validation.pairs());
    ModelInput input = start.input();
    MaskedImages learned = MaskedImages.read(training, input, geometry, intensities);
    Arguments.require(
        !learned.allEmpty(),
        "pairs must have a mask that is not empty to learn from, got %s, all empty",
        training.pairs().size());
    MaskTask task =
        new MaskTask(
            start,
            loss,
            start
                .identity()
                .add("geometry", geometry)
                .add("intensities", intensities)
                .add("share of the empty masks", emptyShare)
                .addData(List.of(), training.fingerprint(), validation.fingerprint()),
            learned.withEmptyShare(emptyShare),
            MaskedImages.read(validation, input, geometry, intensities));
    return TrainingLoop.run(task, options, folder, progress, epochs);
  }

  @Override
  public String toString() {
    return "MaskTrainer[%s, %s, geometry=%s, intensities=%s, emptyShare=%s, %s]"
        .formatted(start.toBrief(), options, geometry, intensities, emptyShare, loss);
  }
}
