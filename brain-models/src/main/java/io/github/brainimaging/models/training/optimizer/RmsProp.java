package io.github.brainimaging.models.training.optimizer;

import ai.djl.ndarray.NDArray;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Map;
import java.util.Set;

/**
 * RMSprop (Hinton 2012, of P1's dense network): {@code s <- d s + (1 - d) g^2}, {@code w <- w -
 * rate g / (sqrt(s) + epsilon)}. Weight decay is L2: {@code g} holds {@code decay w}.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param decay share of the old mean square that is kept, 0 or more and below 1
 * @param epsilon what keeps the quotient finite, positive
 */
record RmsProp(double decay, double epsilon) implements Optimizer {

  private static final String SQUARE = "square";

  RmsProp {
    Arguments.require(
        decay >= 0 && decay < 1, "decay must be 0 or more and below 1, got %s", decay);
    Arguments.requirePositive("epsilon", epsilon);
  }

  @Override
  public Set<String> memory() {
    return Set.of(SQUARE);
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
      var unused = weight.subi(gradient.div(root.addi(epsilon)).muli(step.learningRate()));
    }
  }
}
