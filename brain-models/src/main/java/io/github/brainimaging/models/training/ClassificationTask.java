package io.github.brainimaging.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.architecture.Network;
import io.github.brainimaging.models.architecture.Weights;
import io.github.brainimaging.models.training.internal.NetworkBlock;
import io.github.brainimaging.models.training.internal.batch.Examples;
import io.github.brainimaging.models.training.internal.batch.LabeledBatch;
import java.util.Arrays;
import java.util.List;

/** Learns one class per image: cross-entropy with smoothed labels and weighted classes. */
final class ClassificationTask implements TrainingTask<LabeledBatch> {

  private final Network logits;
  private final Weights initial;
  private final TrainingOptions options;
  private final String identity;
  private final Examples<LabeledBatch> training;
  private final Examples<LabeledBatch> validation;

  ClassificationTask(
      Network network,
      Weights initial,
      TrainingOptions options,
      String identity,
      Examples<LabeledBatch> training,
      Examples<LabeledBatch> validation) {
    this.logits = network.logits();
    this.initial = initial;
    this.options = options;
    this.identity = identity;
    this.training = training;
    this.validation = validation;
  }

  /** Refuses data whose classes are not the network's. */
  static void requireLabels(
      Network network, TrainingOptions options, DataSet training, DataSet validation) {
    Arguments.require(
        network.outputShape().equals(List.of(training.labels().size()))
            && training.labels().equals(validation.labels()),
        "labels must be the network's %s classes in both parts, got %s and %s",
        network.outputShape(),
        training.labels(),
        validation.labels());
    Arguments.require(
        !training.images().isEmpty() && !validation.images().isEmpty(),
        "training and validation must not be empty, got %s and %s images",
        training.images().size(),
        validation.images().size());
    Arguments.require(
        options.classWeights().isEmpty()
            || options.classWeights().size() == training.labels().size(),
        "classWeights must be one per label, got %s for %s",
        options.classWeights(),
        training.labels());
  }

  static String dataIdentity(DataSet training, DataSet validation) {
    return String.join(
        ", ",
        "labels " + training.labels(),
        "training on " + training.fingerprint(),
        "validation on " + validation.fingerprint());
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public Block block(NDManager manager) {
    return NetworkBlock.of(logits, initial, manager);
  }

  @Override
  public Examples<LabeledBatch> training() {
    return training;
  }

  @Override
  public Examples<LabeledBatch> validation() {
    return validation;
  }

  @Override
  public NDArray loss(NDArray output, LabeledBatch batch, boolean isTraining, NDManager scope) {
    double smoothing = isTraining ? options.labelSmoothing() : 0;
    int classes = logits.outputShape().get(0);
    float[] target = new float[batch.size() * classes];
    Arrays.fill(target, (float) (smoothing / classes));
    for (int i = 0; i < batch.size(); i++) {
      target[i * classes + batch.labels[i]] += (float) (1 - smoothing);
      if (isTraining && !options.classWeights().isEmpty()) {
        double weight = options.classWeights().get(batch.labels[i]);
        for (int c = 0; c < classes; c++) {
          target[i * classes + c] *= (float) weight;
        }
      }
    }
    NDArray targets = scope.create(target, new Shape(batch.size(), classes));
    return output.logSoftmax(1).mul(targets).sum().div(-batch.size());
  }

  @Override
  public double right(NDArray output, LabeledBatch batch) {
    float[] values = output.toFloatArray();
    int classes = values.length / batch.size();
    int right = 0;
    for (int i = 0; i < batch.size(); i++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = values[i * classes + c] > values[i * classes + best] ? c : best;
      }
      right += best == batch.labels[i] ? 1 : 0;
    }
    return right;
  }
}
