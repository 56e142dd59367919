package io.github.brainimaging.models.training.internal.batch;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Makes batches in background threads. What is drawn for an example depends on seed, epoch and
 * example alone, and batches come in their order, so that it does not matter how many threads there
 * are, or whether the training was resumed.
 */
public final class BatchLoader<B extends Batch> implements AutoCloseable {

  private static final int PREFETCHED_PER_THREAD = 4;
  private static final long PRIME = 1_000_003;

  private final Examples<B> examples;
  private final int batchSize;
  private final int prefetched;
  private final ExecutorService workers;

  /** Something that takes one batch after the other. */
  @FunctionalInterface
  public interface Consumer<B> {
    void accept(B batch) throws IOException;
  }

  public BatchLoader(Examples<B> examples, int batchSize, int threads) {
    this.examples = examples;
    this.batchSize = batchSize;
    this.prefetched = PREFETCHED_PER_THREAD * threads;
    this.workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "batch-loader");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Batches of an epoch of training. */
  public int batches() {
    return lonelyLast() ? allBatches() - 1 : allBatches();
  }

  private int allBatches() {
    return (examples.count() + batchSize - 1) / batchSize;
  }

  /** Batch normalization cannot learn from a single value. */
  private boolean lonelyLast() {
    return examples.count() > batchSize && examples.count() % batchSize == 1;
  }

  /**
   * All examples in a random order, augmented. A last one that would be a batch by itself joins the
   * batch before.
   */
  public void trainingEpoch(int epoch, long seed, Consumer<B> consumer) throws IOException {
    List<Integer> order = new ArrayList<>(IntStream.range(0, examples.count()).boxed().toList());
    long epochSeed = seed * PRIME + epoch;
    Collections.shuffle(order, new Random(epochSeed));
    feed(
        order,
        batches(),
        numbers -> examples.augmented(numbers, n -> new SplittableRandom(epochSeed * PRIME + n)),
        consumer);
  }

  /** All examples in their order, as inference sees them. */
  public void inOrder(Consumer<B> consumer) throws IOException {
    feed(
        IntStream.range(0, examples.count()).boxed().toList(),
        allBatches(),
        examples::batch,
        consumer);
  }

  private void feed(
      List<Integer> order, int batches, Function<List<Integer>, B> source, Consumer<B> consumer)
      throws IOException {
    Deque<Future<B>> ready = new ArrayDeque<>();
    for (int i = 0; i < batches; i++) {
      int end = i == batches - 1 ? order.size() : (i + 1) * batchSize;
      List<Integer> numbers = order.subList(i * batchSize, end);
      ready.add(workers.submit(() -> source.apply(numbers)));
      if (ready.size() > prefetched) {
        consumer.accept(await(ready.remove()));
      }
    }
    while (!ready.isEmpty()) {
      consumer.accept(await(ready.remove()));
    }
  }

  private static <B> B await(Future<B> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IOException("cannot make a batch: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a batch");
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
