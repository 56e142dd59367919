package io.github.brainimaging.examples.cli.run;

import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.examples.cli.file.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar on the last line of a terminal; nothing where the output goes elsewhere. Results
 * are printed above it by {@link #println}, so that it never takes one away.
 */
public final class ProgressLine implements Progress, AutoCloseable {

  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final int WIDTH = 78;

  private final Object screen = new Object();
  private final @Nullable ProgressBar bar;
  private boolean closed;

  public ProgressLine(String task, long total) {
    this(task, total, 0);
  }

  /** Of a task of which a part was done before: the time that is left is told by the rest. */
  ProgressLine(String task, long total, long done) {
    bar =
        !Terminal.isThere()
            ? null
            : new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .startsFrom(done, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
                .build();
  }

  private void draw(String text) {
    synchronized (screen) {
      if (!closed) {
        System.err.print(CLEAR_LINE + text.strip());
        System.err.flush();
      }
    }
  }

  private void clear() {
    if (bar != null) {
      System.err.print(CLEAR_LINE);
      System.err.flush();
    }
  }

  /** Prints a line of results above the bar. */
  public void println(PrintWriter out, String line) {
    synchronized (screen) {
      clear();
      out.println(line);
      out.flush();
    }
  }

  /** For work that tells how far it has come. */
  @Override
  public void advanced(String what, long done, long total) {
    if (bar != null) {
      bar.maxHint(total);
      bar.stepTo(done);
    }
  }

  public void step() {
    if (bar != null) {
      bar.step();
    }
  }

  void message(String text) {
    if (bar != null) {
      bar.setExtraMessage(text);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      synchronized (screen) {
        closed = true;
        clear();
      }
    }
  }
}
