package io.github.brainimaging.examples.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether one run is asked, or several. */
public final class UncertaintyOption {

  @Option(
      names = "--uncertainty",
      arity = "0..1",
      fallbackValue = "tta",
      paramLabel = UncertaintyMethod.CHOICES,
      description =
          "Ask several times and take the mean: of changed copies of the image or of a volume's"
              + " slices (tta, also where none is named), or with dropout, which speaks of the"
              + " class of images only. Tells how much the answers disagree (default: one run).")
  private @Nullable UncertaintyMethod method;

  /** How several runs are made; null for one run. */
  public @Nullable UncertaintyMethod method() {
    return method;
  }

  public boolean isTta() {
    return method == UncertaintyMethod.TTA;
  }
}
