package io.github.brainimaging.models.training.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Set;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019): the decay takes {@code rate decay
 * w} off the weight and does not enter the moments.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param beta1 share of the old mean that is kept, 0 or more and below 1
 * @param beta2 share of the old mean square that is kept, 0 or more and below 1
 * @param epsilon what keeps the quotient finite, positive
 */
record AdamW(double beta1, double beta2, double epsilon) implements Optimizer {

  AdamW {
    Moments.check(beta1, beta2, epsilon);
  }

  @Override
  public Set<String> memory() {
    return Moments.NAMES;
  }

  @Override
  public void update(NDArray weight, NDArray gradient, Map<String, NDArray> remembered, Step step) {
    Moments.update(weight, gradient, remembered, step, new Adam(beta1, beta2, epsilon), true);
  }
}
