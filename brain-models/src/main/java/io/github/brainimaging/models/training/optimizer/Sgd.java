package io.github.brainimaging.models.training.optimizer;

import ai.djl.ndarray.NDArray;
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
    Moments.requireMomentum(momentum);
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
      NDArray kept = Moments.accumulated(velocity, momentum, gradient);
      direction = nesterov ? gradient.add(kept.muli(momentum)) : kept;
    }
    var unused = weight.subi(direction.mul(step.learningRate()));
  }
}
