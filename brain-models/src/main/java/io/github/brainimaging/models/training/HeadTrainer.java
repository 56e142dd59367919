package io.github.brainimaging.models.training;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.architecture.Network;
import io.github.brainimaging.models.architecture.Weights;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Trains a head on the features of a frozen backbone: transfer learning in seconds, once the
 * features are there. They are computed by ONNX Runtime and kept on disk, so that the next head, or
 * the next try, begins at once. Checkpoint and history are those of {@link Trainer}.
 *
 * <p>The backbone sees each image without augmentation, and, if wanted, some augmented copies of
 * it, from which every epoch draws one.
 *
 * <p>One training at a time in a JVM.
 */
public final class HeadTrainer {

  private final FeatureExtractor backbone;
  private final Network head;
  private final TrainingOptions options;
  private final int copies;

  private HeadTrainer(
      FeatureExtractor backbone, Network head, TrainingOptions options, int copies) {
    this.backbone = backbone;
    this.head = head;
    this.options = options;
    this.copies = copies;
  }

  /**
   * A trainer of a head, without augmented copies.
   *
   * @param backbone gives the features; not closed by the trainer
   * @param head a network that takes them and ends in a softmax or sigmoid
   * @param options how the head is trained; its seed also starts the head's weights
   * @return the trainer
   * @throws IllegalArgumentException if the head does not take the backbone's features
   */
  public static HeadTrainer of(FeatureExtractor backbone, Network head, TrainingOptions options) {
    Arguments.require(
        backbone.shape().equals(head.inputShape()),
        "head must take features of shape %s, got one that takes %s",
        backbone.shape(),
        head.inputShape());
    return new HeadTrainer(backbone, head, options, 0);
  }

  /**
   * The same with augmented copies of each training image.
   *
   * @param augmentedCopies copies beside the plain image, 0 or more; each costs a run of the
   *     backbone
   * @return a new trainer
   * @throws IllegalArgumentException if it is negative
   */
  public HeadTrainer withCopies(int augmentedCopies) {
    Arguments.require(augmentedCopies >= 0, "copies must not be negative, got %s", augmentedCopies);
    return new HeadTrainer(backbone, head, options, augmentedCopies);
  }

  /**
   * Computes the features that are missing, and trains, or goes on with a training that was cut
   * off.
   *
   * @param training the images to learn from
   * @param validation the images that choose the best epoch; none of them may be among the others
   * @param folder where checkpoint and history are kept; one folder per training
   * @param features where features are kept; trainings may share it, and it may be deleted
   * @param listener told of the progress
   * @return the head's best weights and the history
   * @throws IOException if an image cannot be read, a folder cannot be written, or it holds the
   *     checkpoint of another training
   * @throws IllegalArgumentException if the number of classes is not the head's
   * @throws IllegalStateException if the PyTorch engine is not on the class path
   */
  public TrainingResult train(
      DataSet training, DataSet validation, Path folder, Path features, TrainingListener listener)
      throws IOException {
    ClassificationTask.requireLabels(head, options, training, validation);
    FeatureCache cache = new FeatureCache(features, backbone, options);
    LabeledFeatures learned = LabeledFeatures.of(training, cache, copies, listener::onFeatures);
    LabeledFeatures heldOut = LabeledFeatures.of(validation, cache, 0, listener::onFeatures);
    String identity =
        String.join(
            ", ",
            head.toString(),
            "on features of " + backbone.identity(),
            copies + " augmented copies",
            ClassificationTask.dataIdentity(training, validation));
    ClassificationTask task =
        new ClassificationTask(
            head,
            Weights.random(head.logits(), options.seed()),
            options,
            identity,
            learned,
            heldOut);
    TrainingResult result = TrainingLoop.run(task, options, folder, listener);
    result.weights().requireFit(head);
    return result;
  }
}
