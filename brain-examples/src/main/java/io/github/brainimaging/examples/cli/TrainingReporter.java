package io.github.brainimaging.examples.cli;

import io.github.brainimaging.models.training.EpochResult;
import io.github.brainimaging.models.training.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line per epoch, and a bar within it. */
final class TrainingReporter implements TrainingListener, AutoCloseable {
  private final PrintWriter log;
  private final String measure;
  private @Nullable Progress bar;
  private long start = System.nanoTime();
  private boolean trained;

  /**
   * A reporter.
   *
   * @param measure what the history's accuracy is: accuracy, or Dice
   */
  TrainingReporter(PrintWriter log, String measure) {
    this.log = log;
    this.measure = measure;
  }

  @Override
  public void onFeatures(int images, int of) {
    if (bar == null) {
      bar = new Progress("features", of);
    }
    bar.step();
    if (images == of) {
      close();
      start = System.nanoTime();
    }
  }

  @Override
  public void onBatch(int epoch, int batch, int batches, double loss) {
    if (!trained && epoch > 1) {
      log.printf("goes on after epoch %d, from the checkpoint%n", epoch - 1);
      log.flush();
    }
    trained = true;
    if (bar == null) {
      bar = new Progress("epoch " + epoch, batches);
    }
    bar.message(String.format(Locale.ROOT, "loss %.3f", loss));
    bar.step();
  }

  @Override
  public void onEpoch(EpochResult result) {
    close();
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

  void finish() {
    if (!trained) {
      log.println("all epochs were done before; nothing was trained");
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
