package io.github.brainimaging.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import io.github.brainimaging.models.training.internal.batch.Batch;
import io.github.brainimaging.models.training.internal.batch.Examples;

/**
 * What is learned: a network, examples, and a measure of how wrong its answers are. {@link
 * TrainingLoop} does the rest, which is the same for classes, masks and sequences.
 *
 * <p>Used by one thread at a time.
 *
 * @param <B> the examples of one step
 */
interface TrainingTask<B extends Batch> {

  /**
   * All that decides what comes out besides the {@link TrainingOptions}: network, input, data. A
   * checkpoint goes on only if it is the same.
   *
   * @return one line, for the message if it is not
   */
  String identity();

  /**
   * The network with its initial weights, ready to run; its parameters have unique names.
   *
   * @param manager owner of the arrays, of an engine that can train
   * @return a new block, the same at every call
   */
  Block block(NDManager manager);

  /**
   * What is learned from.
   *
   * @return the same examples at every call
   */
  Examples<B> training();

  /**
   * What chooses the best epoch.
   *
   * @return the same examples at every call
   */
  Examples<B> validation();

  /**
   * How wrong the network's output is.
   *
   * @param output what the block gave for the batch's inputs
   * @param batch the batch
   * @param training true for the loss that is learned from; false for the one that is reported,
   *     without what only helps learning (such as smoothed labels)
   * @param scope owner of new arrays
   * @return one number, the mean over the examples; a gradient flows through it
   */
  NDArray loss(NDArray output, B batch, boolean training, NDManager scope);

  /**
   * How right the network's output is.
   *
   * @param output what the block gave for the batch's inputs
   * @param batch the batch
   * @return the sum over the examples of a share between 0 and 1 each: 1 for the right class, the
   *     Dice coefficient of a mask
   */
  double right(NDArray output, B batch);
}
