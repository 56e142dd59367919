package io.github.brainimaging.models.training;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.models.architecture.Network;
import io.github.brainimaging.models.architecture.Weights;
import io.github.brainimaging.models.onnx.ModelInput;
import io.github.brainimaging.models.training.internal.batch.MaskedImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Trains a network that gives a mask, on images with true masks, as {@link Trainer} trains a
 * classifier: with a checkpoint after every epoch, from which it goes on. The loss is P4's, pixel
 * cross-entropy plus one minus the Dice coefficient of the batch. In the history, accuracy is the
 * mean Dice coefficient of an image on the network's grid.
 *
 * <p>One training at a time in a JVM; see {@link Trainer} for the engine and its threads.
 */
public final class MaskTrainer {

  private final Network network;
  private final ModelInput input;
  private final TrainingOptions options;
  private final Augmentation geometry;
  private final Weights initial;
  private final String origin;
  private final double emptyShare;

  private MaskTrainer(
      Network network,
      ModelInput input,
      TrainingOptions options,
      Augmentation geometry,
      Weights initial,
      String origin,
      double emptyShare) {
    this.network = network;
    this.input = input;
    this.options = options;
    this.geometry = geometry;
    this.initial = initial;
    this.origin = origin;
    this.emptyShare = emptyShare;
  }

  /**
   * A trainer for a network.
   *
   * @param network the network, whose output is one map of scores before a sigmoid, {@code [1,
   *     height, width]}
   * @param input how images are fed to it, NCHW; must have the network's input shape
   * @param options how it is trained; label smoothing has no effect, and the augmentation is one of
   *     intensities, applied to the image alone
   * @param geometry augmentation that moves pixels, applied to image and mask alike before the
   *     other one; the mask is then a further channel
   * @return the trainer
   * @throws IllegalArgumentException if the input does not fit the network, or its output is
   *     another
   */
  public static MaskTrainer of(
      Network network, ModelInput input, TrainingOptions options, Augmentation geometry) {
    List<Integer> shape = List.of(input.channels(), input.height(), input.width());
    Arguments.require(
        shape.equals(network.inputShape()) && input.layout() == Layout.NCHW,
        "input must be NCHW with shape %s, got %s",
        network.inputShape(),
        input);
    List<Integer> map = List.of(1, input.height(), input.width());
    Arguments.require(
        map.equals(network.outputShape()),
        "network must give %s, got %s",
        map,
        network.outputShape());
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(geometry, "geometry");
    Weights random = Weights.random(network, options.seed());
    return new MaskTrainer(network, input, options, geometry, random, "random", 1);
  }

  /**
   * The same, but starting from given weights rather than from random ones: fine-tuning, say of the
   * embedded segmenter, {@code Weights.ofOnnx(ModelSource.embeddedSegmenter().toBytes())}.
   *
   * @param weights weights that fit the network, see {@code WeightTransfer} for those that fit in
   *     part
   * @return a new trainer
   * @throws IllegalArgumentException if they do not fit
   */
  public MaskTrainer startingFrom(Weights weights) {
    weights.requireFit(network);
    return new MaskTrainer(
        network, input, options, geometry, weights, WeightsDigest.of(weights), emptyShare);
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
    return new MaskTrainer(network, input, options, geometry, initial, origin, share);
  }

  /**
   * Trains, or goes on with a training that was cut off.
   *
   * @param training the pairs to learn from
   * @param validation the pairs that choose the best epoch; of other patients
   * @param folder where checkpoint and history are kept; one folder per training
   * @param listener told of the progress
   * @return the best weights and the history
   * @throws IOException if an image cannot be read, the folder cannot be written, or it holds the
   *     checkpoint of another training
   * @throws IllegalArgumentException if a part is empty or a mask has not the size of its image
   * @throws IllegalStateException if the PyTorch engine is not on the class path
   */
  public TrainingResult train(
      ImageMaskPairs training, ImageMaskPairs validation, Path folder, TrainingListener listener)
      throws IOException {
    Arguments.require(
        !training.pairs().isEmpty() && !validation.pairs().isEmpty(),
        "training and validation must not be empty, got %s and %s pairs",
        training.pairs().size(),
        validation.pairs().size());
    Augmentation intensity = options.augmentation();
    MaskTask task =
        new MaskTask(
            network,
            initial,
            identity(training, validation),
            MaskedImages.read(training, input, geometry, intensity).withEmptyShare(emptyShare),
            MaskedImages.read(validation, input, geometry, intensity));
    TrainingResult result = TrainingLoop.run(task, options, folder, listener);
    result.weights().requireFit(network);
    return result;
  }

  private String identity(ImageMaskPairs training, ImageMaskPairs validation) {
    return String.join(
        ", ",
        network.toString(),
        "weights " + origin,
        input.toString(),
        "moved by " + geometry.toString().replaceAll("@[0-9a-f]+", ""),
        "training on " + training.fingerprint(),
        "of which " + emptyShare + " of the empty masks",
        "validation on " + validation.fingerprint());
  }
}
