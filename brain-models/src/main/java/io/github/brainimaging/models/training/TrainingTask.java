package io.github.brainimaging.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.training.internal.NetworkBlock;
import io.github.brainimaging.models.training.internal.batch.Batch;
import io.github.brainimaging.models.training.internal.batch.Examples;

/**
 * What is learned: a network, examples, and a measure of how wrong its answers are. {@link
 * TrainingLoop} does the rest, which is the same for classes, masks and sequences.
 *
 * @param <B> the examples of one step
 */
abstract class TrainingTask<B extends Batch> {

  final Network network;
  final Identity identity;
  final Examples<B> training;
  final Examples<B> validation;
  private final Weights initial;

  /**
   * A task.
   *
   * @param network gives what {@link #loss} takes
   * @param initial its first weights
   * @param identity all that decides what comes out besides the options
   * @param training what is learned from
   * @param validation what chooses the best epoch
   */
  TrainingTask(
      Network network,
      Weights initial,
      Identity identity,
      Examples<B> training,
      Examples<B> validation) {
    this.network = network;
    this.initial = initial;
    this.identity = identity;
    this.training = training;
    this.validation = validation;
  }

  /** The network with its initial weights; a new block at every call. */
  NetworkBlock block(NDManager manager) {
    return NetworkBlock.of(network, initial, manager);
  }

  /**
   * How wrong the network's output is.
   *
   * @param isTraining true for the loss that is learned from; false for the one that is reported,
   *     without what only helps learning (such as smoothed labels)
   * @param scope owner of new arrays
   * @return one number, the mean over the examples; a gradient flows through it
   */
  abstract NDArray loss(NDArray output, B batch, boolean isTraining, NDManager scope);

  /**
   * How right the network's output is.
   *
   * @return the sum over the examples of a share between 0 and 1 each: 1 for the right class, the
   *     Dice coefficient of a mask
   */
  abstract double right(NDArray output, B batch);
}
