package io.github.brainimaging.examples.cli.run;

import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.training.EpochResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One line per epoch, and a bar within it. Where the process is told to end (SIGTERM, Ctrl-C), the
 * training ends first, after the step that it is at, so that no native code runs while the JVM
 * goes.
 */
public final class TrainingReporter implements Progress, AutoCloseable {

  /** Seconds that a step may take before the process ends all the same. */
  private static final int PATIENCE = 30;

  /** Writes what the training is about into its folder. */
  @FunctionalInterface
  public interface Plan {
    void write() throws IOException;
  }

  private final PrintWriter log;
  private final Plan plan;
  private final String measure;
  private final int epochs;
  private @Nullable ProgressLine bar;
  private long start = System.nanoTime();
  private boolean features;
  private boolean trained;
  private volatile boolean stopped;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * A reporter.
   *
   * @param measure what the history's accuracy is: accuracy, or Dice
   * @param epochs the most there can be
   * @param plan written when the training begins: by then the trainer has seen that the folder is
   *     not another one's
   */
  public TrainingReporter(PrintWriter log, String measure, int epochs, Plan plan) {
    this.log = log;
    this.plan = plan;
    this.measure = measure;
    this.epochs = epochs;
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "brain-stop"));
  }

  /** Does nothing after the training. */
  private void stop() {
    if (closed.getCount() == 0) {
      return;
    }
    stopped = true;
    try {
      boolean ended = closed.await(PATIENCE, TimeUnit.SECONDS);
      log.println(
          ended
              ? "stopped; the same command goes on after the last epoch that is done"
              : "stopped in the middle of a step");
      log.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isCancelled() {
    return stopped;
  }

  /** Says that features are computed before anything is trained. */
  void expectFeatures() {
    features = true;
  }

  @Override
  public void advanced(String what, long done, long total) {
    if (features) {
      step("features", total, "");
      if (done == total) {
        closeBar();
        features = false;
        start = System.nanoTime();
      }
      return;
    }
    long batches = total / epochs;
    long finished = (done - 1) / batches;
    if (!trained && finished > 0) {
      log.printf("goes on after epoch %d, from the checkpoint%n", finished);
      log.flush();
    }
    if (!trained) {
      trained = true;
      try {
        plan.write();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    step("training", batches, what);
  }

  private void step(String task, long total, String message) {
    if (bar == null) {
      bar = new ProgressLine(task, total);
    }
    bar.message(message);
    bar.step();
  }

  public void epoch(EpochResult result) {
    closeBar();
    log.printf(
        Locale.ROOT,
        "epoch %3d  rate %.5f  training loss %.4f %s %.4f  held out loss %.4f %s %.4f  %.0f s%n",
        result.epoch(),
        result.learningRate(),
        result.trainingLoss(),
        measure,
        result.trainingAccuracy(),
        result.validationLoss(),
        measure,
        result.validationAccuracy(),
        (System.nanoTime() - start) / 1e9);
    log.flush();
    start = System.nanoTime();
  }

  /** After the training. */
  public void finish() throws IOException {
    if (!trained) {
      plan.write();
      log.println("all epochs were done before; nothing was trained");
    }
  }

  @Override
  public void close() {
    closeBar();
    closed.countDown();
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
