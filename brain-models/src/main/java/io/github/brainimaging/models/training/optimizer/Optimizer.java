package io.github.brainimaging.models.training.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Set;

/**
 * How a weight follows its gradient: {@link Sgd}, {@link RmsProp}, {@link Adam} or {@link AdamW}.
 * What it remembers of a weight is kept for it, and saved in the checkpoint; DJL's own optimizers
 * hide it, so that a training could not go on as if nothing had happened.
 *
 * <p>Implementations are immutable and safe to share between threads. {@link Object#toString} names
 * all settings: a checkpoint goes on only where it is the same. One without it, such as a lambda,
 * is not compared.
 */
public interface Optimizer {

  /**
   * One step of a training.
   *
   * @param number counted from 1
   * @param learningRate the rate that the schedule gives it, 0 or more
   * @param weightDecay decay of this weight, 0 or more: 0 for biases and normalizations
   */
  record Step(long number, double learningRate, double weightDecay) {}

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
  void update(NDArray weight, NDArray gradient, Map<String, NDArray> remembered, Step step);
}
