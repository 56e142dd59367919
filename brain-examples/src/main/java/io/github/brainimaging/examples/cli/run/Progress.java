package io.github.brainimaging.examples.cli.run;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on a terminal; nothing where the output goes elsewhere. */
public final class Progress implements AutoCloseable {

  private final @Nullable ProgressBar bar;

  // From Java 22 on there is always a console; the bar then goes to a redirected stderr as well.
  @SuppressWarnings("SystemConsoleNull")
  public Progress(String task, long total) {
    bar =
        System.console() == null
            ? null
            : new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish()
                .build();
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
    }
  }
}
