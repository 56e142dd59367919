package io.github.brainimaging.models.training.internal.batch;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * Some examples that are learned in one step: what the network is fed, in plain arrays, and, known
 * to the task only, what it should answer.
 *
 * <p>Made in one thread and read in another; not changed after it was made.
 */
public interface Batch {

  /**
   * Number of examples.
   *
   * @return a positive number
   */
  int size();

  /**
   * The network's inputs, their first axis being the examples.
   *
   * @param scope owner of the new arrays
   * @return one array or several, in the order that the block takes them
   */
  NDList inputs(NDManager scope);
}
