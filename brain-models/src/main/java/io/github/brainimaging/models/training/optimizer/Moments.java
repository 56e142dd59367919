package io.github.brainimaging.models.training.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Map;
import java.util.Set;

/** What optimizers share: checks, what they remember, the arithmetic of momentum and of Adam. */
final class Moments {

  static final Set<String> NAMES = Set.of("first", "second");

  private static final float NO_CLIPPING = -1;

  private Moments() {}

  static void check(double beta1, double beta2, double epsilon) {
    Arguments.require(
        beta1 >= 0 && beta1 < 1, "beta1 must be 0 or more and below 1, got %s", beta1);
    Arguments.require(
        beta2 >= 0 && beta2 < 1, "beta2 must be 0 or more and below 1, got %s", beta2);
    Arguments.requirePositive("epsilon", epsilon);
  }

  static void requireMomentum(double momentum) {
    Arguments.require(
        momentum >= 0 && momentum < 1, "momentum must be 0 or more and below 1, got %s", momentum);
  }

  /**
   * Adds a step to what is left of the last ones.
   *
   * @return the velocity, as an array of the step's scope: products of the velocity would stay
   */
  static NDArray accumulated(NDArray velocity, double momentum, NDArray step) {
    var unused = velocity.muli(momentum).addi(step);
    return step.zerosLike().addi(velocity);
  }

  /** One of the arrays that are remembered. */
  static NDArray require(Map<String, NDArray> remembered, String name) {
    NDArray array = remembered.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          "remembered must hold " + name + ", got " + remembered.keySet());
    }
    return array;
  }

  /** The native step that DJL's Adam takes; decoupled decay is AdamW's way of decay. */
  static void update(
      NDArray weight,
      NDArray gradient,
      Map<String, NDArray> remembered,
      Optimizer.Rates step,
      Adam settings) {
    float beta1 = (float) settings.beta1();
    float beta2 = (float) settings.beta2();
    double number = step.number();
    double correction =
        step.learningRate()
            * Math.sqrt(1 - Math.pow(beta2, number))
            / (1 - Math.pow(beta1, number));
    weight
        .getNDArrayInternal()
        .adamUpdate(
            new NDList(
                weight, gradient, require(remembered, "first"), require(remembered, "second")),
            new NDList(weight),
            (float) step.learningRate(),
            (float) correction,
            (float) step.weightDecay(),
            1,
            NO_CLIPPING,
            beta1,
            beta2,
            (float) settings.epsilon(),
            true,
            settings.decoupled());
  }
}
