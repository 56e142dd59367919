package io.github.brainimaging.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.brainimaging.models.architecture.Network;
import io.github.brainimaging.models.architecture.Weights;
import java.util.Arrays;

/** Learns one class per image: cross-entropy with smoothed labels. */
final class ClassificationTask implements TrainingTask<LabeledImages.Labeled> {

  private final Network logits;
  private final Weights initial;
  private final TrainingOptions options;
  private final String identity;
  private final LabeledImages training;
  private final LabeledImages validation;

  ClassificationTask(
      Network network,
      TrainingOptions options,
      String identity,
      LabeledImages training,
      LabeledImages validation) {
    this.logits = network.logits();
    this.initial = Weights.random(logits, options.seed());
    this.options = options;
    this.identity = identity;
    this.training = training;
    this.validation = validation;
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
  public LabeledImages training() {
    return training;
  }

  @Override
  public LabeledImages validation() {
    return validation;
  }

  @Override
  public NDArray loss(
      NDArray output, LabeledImages.Labeled batch, boolean isTraining, NDManager scope) {
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
  public double right(NDArray output, LabeledImages.Labeled batch) {
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
