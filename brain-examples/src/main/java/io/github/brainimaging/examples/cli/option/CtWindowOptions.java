package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.pipeline.CtFusion;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which intensities of a CT are fused. */
public final class CtWindowOptions {

  @Option(
      names = "--ct-window",
      converter = Numbers.PositiveReal.class,
      paramLabel = "WIDTH",
      description =
          "The range of intensities of the CT that is fused (default: 80 of Hounsfield units, known"
              + " by samples below 0; else all).")
  private @Nullable Double width;

  @Option(
      names = "--ct-level",
      converter = Numbers.Finite.class,
      paramLabel = "CENTER",
      description = "The middle of --ct-window (default: 40).")
  private @Nullable Double level;

  /** Whether one of both was given. */
  boolean given() {
    return width != null || level != null;
  }

  /**
   * With the window that was asked for.
   *
   * @throws ParameterException if only one of both is given
   */
  public CtFusion over(CommandSpec spec, CtFusion fusion) {
    if (width == null && level == null) {
      return fusion;
    }
    if (width == null || level == null) {
      throw new ParameterException(spec.commandLine(), "--ct-window and --ct-level go together");
    }
    return fusion.withWindow(DisplayWindow.linearExact(level, width));
  }
}
