package io.github.brainimaging.models.training.optimizer;

import ai.djl.ndarray.NDArray;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Map;
import java.util.Set;

/**
 * Stochastic gradient descent with momentum: {@code v <- m v + g}, {@code w <- w - rate v}; with
 * Nesterov's (Sutskever et al. 2013) {@code w <- w - rate (g + m v)}. Weight decay is L2: {@code g}
 * holds {@code decay w}.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param momentum share of the last step that is kept, 0 or more and below 1
 * @param nesterov whether the gradient is taken ahead
 */
record Sgd(double momentum, boolean nesterov) implements Optimizer {

  private static final String VELOCITY = "velocity";

  Sgd {
    Arguments.require(
        momentum >= 0 && momentum < 1, "momentum must be 0 or more and below 1, got %s", momentum);
  }

  @Override
  public Set<String> memory() {
    return momentum > 0 ? Set.of(VELOCITY) : Set.of();
  }

  @Override
  public void update(
      NDArray weight, NDArray gradient, Map<String, NDArray> remembered, Rates step) {
    if (step.weightDecay() > 0) {
      var unused = gradient.addi(weight.mul(step.weightDecay()));
    }
    NDArray direction = gradient;
    NDArray velocity = remembered.get(VELOCITY);
    if (velocity != null) {
      var unused = velocity.muli(momentum).addi(gradient);
      // Products of the gradient belong to the caller's scope; those of the velocity would stay.
      direction =
          nesterov
              ? gradient.add(gradient.zerosLike().addi(velocity).muli(momentum))
              : gradient.zerosLike().addi(velocity);
    }
    var unused = weight.subi(direction.mul(step.learningRate()));
  }
}
