package io.github.brainimaging.core.work;

import java.util.concurrent.CancellationException;

/**
 * Told how far long work has come, and asked whether it should go on. A lambda is enough to listen:
 *
 * <pre>{@code
 * Progress progress = (what, done, total) -> log.info("{}: {} of {}", what, done, total);
 * }</pre>
 *
 * <p>Called in the thread that works; where several work on one task, by several at once.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Progress {

  /**
   * Called after each part of the work. What it throws ends the work.
   *
   * @param what the part just done in words, such as a file, or {@code "epoch 3, loss 0.214"}
   * @param done number of parts done, this one included
   * @param total number of parts; where it is not known beforehand, the most there can be
   */
  void advanced(String what, long done, long total);

  /**
   * Whether the work should end early. Asked after each part. Default: never.
   *
   * @return true to end it
   */
  default boolean isCancelled() {
    return false;
  }

  /**
   * For who works: tells that a part is done and ends the work where that is wanted.
   *
   * @param what the part just done in words
   * @param done number of parts done
   * @param total number of parts
   * @throws CancellationException if {@link #isCancelled} or the thread is interrupted, which it
   *     stays
   */
  default void report(String what, long done, long total) {
    advanced(what, done, total);
    if (isCancelled()) {
      throw new CancellationException("cancelled after " + what);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted after " + what);
    }
  }

  /**
   * A progress that nobody watches. Interrupts still end the work.
   *
   * @return always the same
   */
  static Progress none() {
    return NoProgress.NONE;
  }
}
