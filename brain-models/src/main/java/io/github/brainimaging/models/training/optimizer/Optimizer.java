package io.github.brainimaging.models.training.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Set;

/**
 * How a weight follows its gradient, as {@link #sgd}, {@link #nesterov}, {@link #rmsProp}, {@link
 * #adam}, {@link #adamW}, or one of your own. What it remembers of a weight is kept for it, and
 * saved in the checkpoint; DJL's own optimizers hide it, so that a training could not go on as if
 * nothing had happened.
 *
 * <p>Implementations are immutable and safe to share between threads. {@link Object#toString} names
 * all settings: a checkpoint goes on only where it is the same. One without it, such as a lambda,
 * is not compared.
 *
 * @since 0.1.0
 */
public interface Optimizer {

  /**
   * What holds in one step of a training.
   *
   * @param number counted from 1
   * @param learningRate the rate that the schedule gives it, 0 or more
   * @param weightDecay decay of this weight, 0 or more: 0 for biases and normalizations
   */
  record Rates(long number, double learningRate, double weightDecay) {}

  /**
   * What is remembered of each weight.
   *
   * @return a name for each array; they have the weight's shape and start with 0
   */
  Set<String> memory();

  /**
   * Changes a weight in place.
   *
   * @param weight the weight, detached from the graph of gradients; new arrays made of it are freed
   *     by the caller
   * @param gradient the gradient of the loss, which may be overwritten; as the weight
   * @param remembered the arrays of {@link #memory()}, to be changed in place
   * @param step the step
   */
  void update(NDArray weight, NDArray gradient, Map<String, NDArray> remembered, Rates step);

  /**
   * Stochastic gradient descent with momentum: {@code v <- m v + g}, {@code w <- w - rate v}.
   * Weight decay is L2: {@code g} holds {@code decay w}. ResNet (He et al. 2016) has momentum 0.9.
   *
   * @param momentum share of the last step that is kept, 0 or more and below 1
   * @return the optimizer
   * @throws IllegalArgumentException if the momentum is out of range
   */
  static Optimizer sgd(double momentum) {
    return new Sgd(momentum, false);
  }

  /**
   * Stochastic gradient descent with Nesterov's momentum (Sutskever et al. 2013), whose gradient is
   * taken ahead: {@code v <- m v + g}, {@code w <- w - rate (g + m v)}. Weight decay is L2.
   *
   * @param momentum share of the last step that is kept, 0 or more and below 1
   * @return the optimizer
   * @throws IllegalArgumentException if the momentum is out of range
   */
  static Optimizer nesterov(double momentum) {
    return new Sgd(momentum, true);
  }

  /**
   * RMSprop with the values of Keras: decay 0.9, epsilon 1e-7, no momentum. Weight decay is L2.
   *
   * @return the optimizer
   */
  static Optimizer rmsProp() {
    return rmsProp(0.9, 1e-7, 0);
  }

  /**
   * RMSprop: {@code s <- d s + (1 - d) g^2}, {@code v <- m v + g / (sqrt s + epsilon)}, {@code w <-
   * w - rate v}. Weight decay is L2.
   *
   * @param decay share of the old mean square that is kept, 0 or more and below 1
   * @param epsilon what keeps the quotient finite, positive
   * @param momentum share of the last step that is kept, 0 (Keras' value) or more and below 1; P1
   *     names it without a value
   * @return the optimizer
   * @throws IllegalArgumentException if one is out of range
   */
  static Optimizer rmsProp(double decay, double epsilon, double momentum) {
    return new RmsProp(decay, epsilon, momentum);
  }

  /**
   * Adam with the values of its paper, which P2 took: betas 0.9 and 0.999, epsilon 1e-8.
   *
   * @return the optimizer
   */
  static Optimizer adam() {
    return adam(0.9, 0.999, 1e-8);
  }

  /**
   * Adam (Kingma and Ba 2015), of P2 and P4. Weight decay is L2: the gradient holds {@code decay
   * w}. P4 has beta2 0.99.
   *
   * @param beta1 share of the old mean that is kept, 0 or more and below 1
   * @param beta2 share of the old mean square that is kept, 0 or more and below 1
   * @param epsilon what keeps the quotient finite, positive
   * @return the optimizer
   * @throws IllegalArgumentException if one is out of range
   */
  static Optimizer adam(double beta1, double beta2, double epsilon) {
    return new Adam(beta1, beta2, epsilon, false);
  }

  /**
   * AdamW with the values of its paper: betas 0.9 and 0.999, epsilon 1e-8.
   *
   * @return the optimizer
   */
  static Optimizer adamW() {
    return adamW(0.9, 0.999, 1e-8);
  }

  /**
   * Adam with decoupled weight decay (Loshchilov and Hutter 2019): the decay takes {@code rate
   * decay w} off the weight and does not enter the moments.
   *
   * @param beta1 share of the old mean that is kept, 0 or more and below 1
   * @param beta2 share of the old mean square that is kept, 0 or more and below 1
   * @param epsilon what keeps the quotient finite, positive
   * @return the optimizer
   * @throws IllegalArgumentException if one is out of range
   */
  static Optimizer adamW(double beta1, double beta2, double epsilon) {
    return new Adam(beta1, beta2, epsilon, true);
  }
}
