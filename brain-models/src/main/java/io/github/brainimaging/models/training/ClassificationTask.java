package io.github.brainimaging.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.internal.Node;
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.training.internal.batch.Examples;
import io.github.brainimaging.models.training.internal.batch.LabeledBatch;
import java.util.Arrays;
import java.util.List;

/**
 * Learns one class per image: a loss with smoothed labels and weighted classes; of a network that
 * ends in sigmoids, each class by itself.
 */
final class ClassificationTask extends TrainingTask<LabeledBatch> {

  private final ClassificationLoss loss;
  private final LossFormula formula;

  /**
   * A task.
   *
   * @param start its network ends in a softmax or sigmoid, which the loss takes over
   * @param identity what is known of it besides the loss
   */
  ClassificationTask(
      Start start,
      ClassificationLoss loss,
      Identity identity,
      Examples<LabeledBatch> training,
      Examples<LabeledBatch> validation) {
    super(start.network().logits(), start.weights(), identity.add(loss), training, validation);
    this.loss = loss;
    List<Node> nodes = Node.all(start.network());
    boolean independent = nodes.get(nodes.size() - 1).layer() instanceof Sigmoid;
    this.formula = new LossFormula(loss.kind(), independent);
  }

  /** Refuses classes that are not the network's. */
  static void requireLabels(
      Network network, ClassificationLoss loss, List<String> training, List<String> validation) {
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
    NDArray weighted =
        formula.of(output, targets).mul(scope.create(weights, new Shape(batch.size(), classes)));
    return Hardest.mean(weighted.sum(new int[] {1}), isTraining ? loss.hardestShare() : 1);
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
