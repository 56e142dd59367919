package io.github.brainimaging.models.training.optimizer;

import ai.djl.ndarray.NDArray;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Map;
import java.util.Set;

/**
 * RMSprop (Hinton 2012, of P1's dense network): {@code s <- d s + (1 - d) g^2}, {@code v <- m v + g
 * / (sqrt(s) + epsilon)}, {@code w <- w - rate v}. Weight decay is L2: {@code g} holds {@code decay
 * w}.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param decay share of the old mean square that is kept, 0 or more and below 1
 * @param epsilon what keeps the quotient finite, positive
 * @param momentum share of the last step that is kept, 0 or more and below 1
 */
record RmsProp(double decay, double epsilon, double momentum) implements Optimizer {

  private static final String SQUARE = "square";
  private static final String VELOCITY = "velocity";

  RmsProp {
    Arguments.require(
        decay >= 0 && decay < 1, "decay must be 0 or more and below 1, got %s", decay);
    Arguments.requirePositive("epsilon", epsilon);
    Moments.requireMomentum(momentum);
  }

  @Override
  public Set<String> memory() {
    return momentum > 0 ? Set.of(SQUARE, VELOCITY) : Set.of(SQUARE);
  }

  @Override
  public void update(
      NDArray weight, NDArray gradient, Map<String, NDArray> remembered, Rates step) {
    if (step.weightDecay() > 0) {
      var unused = gradient.addi(weight.mul(step.weightDecay()));
    }
    NDArray square = Moments.require(remembered, SQUARE);
    var mean = square.muli(decay).addi(gradient.square().muli(1 - decay));
    try (NDArray root = mean.sqrt()) {
      NDArray direction = gradient.div(root.addi(epsilon));
      NDArray velocity = remembered.get(VELOCITY);
      if (velocity != null) {
        direction = Moments.accumulated(velocity, momentum, direction);
      }
      var unused = weight.subi(direction.muli(step.learningRate()));
    }
  }
}
