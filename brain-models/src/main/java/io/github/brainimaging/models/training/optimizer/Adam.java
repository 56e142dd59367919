package io.github.brainimaging.models.training.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Set;

/**
 * Adam (Kingma and Ba 2015), of P2 and P4. Weight decay is L2: the gradient holds {@code decay w}.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param beta1 share of the old mean that is kept, 0 or more and below 1
 * @param beta2 share of the old mean square that is kept, 0 or more and below 1
 * @param epsilon what keeps the quotient finite, positive
 */
record Adam(double beta1, double beta2, double epsilon) implements Optimizer {

  Adam {
    Moments.check(beta1, beta2, epsilon);
  }

  @Override
  public Set<String> memory() {
    return Moments.NAMES;
  }

  @Override
  public void update(NDArray weight, NDArray gradient, Map<String, NDArray> remembered, Step step) {
    Moments.update(weight, gradient, remembered, step, this, false);
  }
}
