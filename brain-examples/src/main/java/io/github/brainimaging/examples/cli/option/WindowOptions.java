package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which intensities a picture shows. */
public final class WindowOptions {

  @Option(
      names = "--window",
      converter = Numbers.PositiveReal.class,
      paramLabel = "WIDTH",
      description =
          "Pictures: the range of intensities from black to white, for a brain in CT 80 (default:"
              + " all but 1 %%).")
  private @Nullable Double width;

  @Option(
      names = "--level",
      converter = Numbers.Finite.class,
      paramLabel = "CENTER",
      description = "Pictures: the intensity that becomes middle gray, for a brain in CT 40.")
  private @Nullable Double level;

  /**
   * The window that was asked for; null if none was.
   *
   * @throws ParameterException if only one of both is given
   */
  public @Nullable DisplayWindow window(CommandSpec spec) {
    if (width == null && level == null) {
      return null;
    }
    if (width == null || level == null) {
      throw new ParameterException(spec.commandLine(), "--window and --level go together");
    }
    return DisplayWindow.linearExact(level, width);
  }
}
