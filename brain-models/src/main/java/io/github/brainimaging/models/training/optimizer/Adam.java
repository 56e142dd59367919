package io.github.brainimaging.models.training.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Set;

/**
 * Adam (Kingma and Ba 2015), of P2 and P4, and AdamW.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param beta1 share of the old mean that is kept, 0 or more and below 1
 * @param beta2 share of the old mean square that is kept, 0 or more and below 1
 * @param epsilon what keeps the quotient finite, positive
 * @param decoupled whether weight decay is taken off the weight, as in AdamW (Loshchilov and Hutter
 *     2019), or is L2: the gradient then holds {@code decay w}
 */
record Adam(double beta1, double beta2, double epsilon, boolean decoupled) implements Optimizer {

  Adam {
    Moments.check(beta1, beta2, epsilon);
  }

  @Override
  public Set<String> memory() {
    return Moments.NAMES;
  }

  @Override
  public void update(
      NDArray weight, NDArray gradient, Map<String, NDArray> remembered, Rates step) {
    Moments.update(weight, gradient, remembered, step, this);
  }
}
