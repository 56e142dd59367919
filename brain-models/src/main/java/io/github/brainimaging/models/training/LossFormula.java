package io.github.brainimaging.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/** What each class of each image adds to a {@link ClassificationLoss}, before weights. */
record LossFormula(ClassificationLoss.Kind kind, boolean independent) {

  /**
   * The losses.
   *
   * @param scores of images and classes, before softmax or sigmoid
   * @param targets 0 to 1, of the same shape
   * @return of the same shape; their sum over the classes is the loss of an image
   */
  NDArray of(NDArray scores, NDArray targets) {
    return switch (kind) {
      case CROSS_ENTROPY -> crossEntropy(scores, targets);
      case FOCAL -> focal(scores, targets);
      case KULLBACK_LEIBLER -> crossEntropy(scores, targets).sub(entropy(targets));
      case MEAN_SQUARED_ERROR -> mean(probabilities(scores).sub(targets).square());
      case MEAN_ABSOLUTE_ERROR -> mean(probabilities(scores).sub(targets).abs());
      case HINGE -> mean(scores.mul(targets.mul(2).sub(1)).neg().add(1).maximum(0));
    };
  }

  private NDArray probabilities(NDArray scores) {
    return independent ? Activation.sigmoid(scores) : scores.softmax(1);
  }

  private NDArray crossEntropy(NDArray scores, NDArray targets) {
    // -t log p - (1 - t) log(1 - p) with the logistic function p, which cannot overflow so.
    return independent
        ? Activation.softPlus(scores).sub(scores.mul(targets))
        : scores.logSoftmax(1).mul(targets).neg();
  }

  private NDArray focal(NDArray scores, NDArray targets) {
    NDArray p = probabilities(scores);
    NDArray missing = p.neg().add(1).square();
    if (!independent) {
      return scores.logSoftmax(1).mul(targets).mul(missing).neg();
    }
    NDArray right = Activation.softPlus(scores.neg()).mul(targets).mul(missing);
    NDArray wrong = Activation.softPlus(scores).mul(targets.neg().add(1)).mul(p.square());
    return right.add(wrong);
  }

  /** Of the targets, which no weight changes. */
  private NDArray entropy(NDArray targets) {
    NDArray others = targets.neg().add(1);
    NDArray own = targets.mul(targets.maximum(Float.MIN_NORMAL).log()).neg();
    return independent ? own.sub(others.mul(others.maximum(Float.MIN_NORMAL).log())) : own;
  }

  private static NDArray mean(NDArray perClass) {
    return perClass.div(perClass.getShape().get(1));
  }
}
