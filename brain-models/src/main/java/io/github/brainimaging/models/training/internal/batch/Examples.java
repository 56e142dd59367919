package io.github.brainimaging.models.training.internal.batch;

import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * The examples of a data set by number. They are put together in background threads, several
 * batches at a time.
 *
 * <p>Implementations are safe to share between threads.
 *
 * @param <B> what they are put together to
 */
public interface Examples<B extends Batch> {

  /**
   * Number of examples.
   *
   * @return a positive number
   */
  int count();

  /**
   * A batch of examples as inference sees them.
   *
   * @param numbers which, each from 0 to one less than the count
   * @return the batch, in the order of the numbers
   */
  B batch(List<Integer> numbers);

  /**
   * A batch of examples, each changed at random.
   *
   * @param numbers which, each from 0 to one less than the count
   * @param random a generator of its own for the example of a number; only what is drawn from it
   *     may differ from one epoch to the next, so that a training can be repeated
   * @return the batch, in the order of the numbers
   */
  B augmented(List<Integer> numbers, IntFunction<RandomGenerator> random);
}
