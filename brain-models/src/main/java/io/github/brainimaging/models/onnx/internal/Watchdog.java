package io.github.brainimaging.models.onnx.internal;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a run of the engine that takes too long, unless it is closed before. */
final class Watchdog implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(Watchdog.class);

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean bitten;

  Watchdog(RunOptions options, Duration limit) {
    thread = new Thread(() -> watch(options, limit), "brain-watchdog");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch(RunOptions options, Duration limit) {
    try {
      if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        bitten = true;
        options.setTerminate(true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (OrtException e) {
      logger.warn("a run that takes too long cannot be ended", e);
    }
  }

  boolean hasBitten() {
    return bitten;
  }

  /** Waits for the thread: the options must outlive it. */
  @Override
  public void close() {
    done.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
