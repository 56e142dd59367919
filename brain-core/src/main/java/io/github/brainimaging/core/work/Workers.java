package io.github.brainimaging.core.work;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that work on tasks at the same time and give the results in the order of the tasks:
 *
 * <pre>{@code
 * try (Stream<Sheet> sheets = Workers.map(files, 4, Sheet::of)) {
 *   sheets.forEach(book::add);
 * }
 * }</pre>
 *
 * <p>At most twice as many tasks are under way or wait to be fetched as there are threads, so
 * memory does not grow with the number of tasks. A single thread is the caller's own: nothing is
 * done before its result is asked for. Threads are daemons and end after a second without work.
 *
 * <p>Tasks are given and results fetched by one thread.
 *
 * @param <R> what a task gives
 * @since 0.1.0
 */
public final class Workers<R> implements AutoCloseable {

  /**
   * Something to do.
   *
   * @param <R> what it gives
   */
  @FunctionalInterface
  public interface Task<R> {
    /**
     * Does it.
     *
     * @return the result
     * @throws IOException if a file cannot be read or written
     */
    R run() throws IOException;
  }

  private final int threads;
  private final @Nullable ThreadPoolExecutor pool;
  private final Deque<FutureTask<R>> tasks = new ArrayDeque<>();

  /**
   * Threads without work yet.
   *
   * @param threads how many, positive; 1 is the caller's own
   * @throws IllegalArgumentException if the number is not positive
   */
  public Workers(int threads) {
    this.threads = positive(threads);
    pool = threads == 1 ? null : pool(threads);
  }

  private static int positive(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be positive, got " + threads);
    }
    return threads;
  }

  private static ThreadPoolExecutor pool(int threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "brain-worker");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Does the same with every input, several at once.
   *
   * @param inputs the inputs
   * @param threads how many threads, positive; with 1 nothing is done before the stream asks
   * @param work what to do with an input; called by several threads. What it throws ends the work
   * @param <T> an input
   * @param <R> what becomes of it
   * @return the results in the order of the inputs, lazily. Closing the stream before its end ends
   *     the work; an interrupt of the thread that reads it throws a {@link CancellationException}
   *     and leaves the thread interrupted
   * @throws IllegalArgumentException if the number of threads is not positive
   */
  public static <T, R> Stream<R> map(
      List<T> inputs, int threads, Function<? super T, ? extends R> work) {
    if (positive(threads) == 1) {
      return inputs.stream().map(work);
    }
    Workers<R> workers = new Workers<>(threads);
    Iterator<R> results = workers.mapping(inputs.iterator(), work);
    int kind = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliterator(results, inputs.size(), kind), false)
        .onClose(workers::close);
  }

  private <T> Iterator<R> mapping(
      Iterator<? extends T> inputs, Function<? super T, ? extends R> work) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return inputs.hasNext() || !isIdle();
      }

      @Override
      public R next() {
        while (inputs.hasNext() && !isFull()) {
          T input = inputs.next();
          submit(() -> work.apply(input));
        }
        try {
          return Workers.this.next();
        } catch (IOException e) {
          throw new AssertionError("a function throws none", e);
        }
      }
    };
  }

  /**
   * Gives a task to the threads.
   *
   * @param task what to do
   */
  public void submit(Task<R> task) {
    FutureTask<R> future = new FutureTask<>(task::run);
    tasks.add(future);
    if (pool != null) {
      pool.execute(future);
    }
  }

  /**
   * Whether a result should be fetched before the next task is given.
   *
   * @return true if there are twice as many tasks as threads; of the caller's own thread, if there
   *     is one
   */
  public boolean isFull() {
    return tasks.size() >= (threads == 1 ? 1 : 2 * threads);
  }

  /**
   * Whether every result was fetched.
   *
   * @return true if there is nothing to wait for
   */
  public boolean isIdle() {
    return tasks.isEmpty();
  }

  /**
   * The result of the oldest task, when it is there. Where there is an exception in its place, or
   * the thread is interrupted, all other tasks are given up.
   *
   * @return what the task gave
   * @throws java.util.NoSuchElementException if every result was fetched
   * @throws CancellationException if the thread is interrupted, which it stays
   * @throws IOException if the task throws it
   */
  public R next() throws IOException {
    FutureTask<R> oldest = tasks.remove();
    if (pool == null) {
      oldest.run();
    }
    boolean given = false;
    try {
      R result = oldest.get();
      given = true;
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while work was under way");
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    } finally {
      if (!given) {
        close();
      }
    }
  }

  /** What a task threw, as it was; an exception that it may declare is returned. */
  private static IOException unwrapped(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return (IOException) Objects.requireNonNull(cause);
  }

  /**
   * Interrupts what is under way, waits until it has ended, and forgets the rest. The caller's
   * interrupt does not end the waiting.
   */
  @Override
  public void close() {
    tasks.clear();
    if (pool == null) {
      return;
    }
    List<Runnable> unused = pool.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = pool.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
