package io.github.brainimaging.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.layer.Node;
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.training.internal.batch.Examples;
import io.github.brainimaging.models.training.internal.batch.LabeledBatch;
import java.util.Arrays;
import java.util.List;

/**
 * Learns one class per image: cross-entropy with smoothed labels and weighted classes; of a network
 * that ends in sigmoids, each class by itself, the sum of their binary cross-entropies.
 */
final class ClassificationTask extends TrainingTask<LabeledBatch> {

  private final CrossEntropy loss;
  private final boolean independent;

  /**
   * A task.
   *
   * @param start its network ends in a softmax or sigmoid, which the loss takes over
   * @param identity what is known of it besides the loss
   */
  ClassificationTask(
      Start start,
      CrossEntropy loss,
      Identity identity,
      Examples<LabeledBatch> training,
      Examples<LabeledBatch> validation) {
    super(start.network().logits(), start.weights(), identity.add(loss), training, validation);
    this.loss = loss;
    List<Node> nodes = start.network().nodes();
    this.independent = nodes.get(nodes.size() - 1).layer() instanceof Sigmoid;
  }

  /** Refuses classes that are not the network's. */
  static void requireLabels(
      Network network, CrossEntropy loss, List<String> training, List<String> validation) {
    Arguments.require(
        network.outputShape().equals(List.of(training.size())) && training.equals(validation),
        "labels must be the network's %s classes in both parts, got %s and %s",
        network.outputShape(),
        training,
        validation);
    Arguments.require(
        loss.classWeights().isEmpty() || loss.classWeights().size() == training.size(),
        "classWeights must be one per label, got %s for %s",
        loss.classWeights(),
        training);
  }

  @Override
  NDArray loss(NDArray output, LabeledBatch batch, boolean isTraining, NDManager scope) {
    double smoothing = isTraining ? loss.labelSmoothing() : 0;
    int classes = network.outputShape().get(0);
    float[] target = new float[batch.size() * classes];
    float[] weights = new float[target.length];
    Arrays.fill(weights, 1);
    Arrays.fill(target, (float) (smoothing / classes));
    for (int i = 0; i < batch.size(); i++) {
      target[i * classes + batch.labels[i]] += (float) (1 - smoothing);
      if (isTraining && !loss.classWeights().isEmpty()) {
        double weight = loss.classWeights().get(batch.labels[i]);
        Arrays.fill(weights, i * classes, (i + 1) * classes, (float) weight);
      }
    }
    NDArray targets = scope.create(target, new Shape(batch.size(), classes));
    NDArray perClass =
        independent ? binary(output, targets) : output.logSoftmax(1).mul(targets).neg();
    NDArray weighted = perClass.mul(scope.create(weights, new Shape(batch.size(), classes)));
    return weighted.sum().div(batch.size());
  }

  /** max(x, 0) - x t + log(1 + exp(-|x|)), which cannot overflow. */
  private static NDArray binary(NDArray scores, NDArray targets) {
    NDArray soft = scores.abs().neg().exp().add(1).log();
    return scores.maximum(0).sub(scores.mul(targets)).add(soft);
  }

  @Override
  double right(NDArray output, LabeledBatch batch) {
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
