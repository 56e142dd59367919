package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.plot.Plot;
import io.github.brainimaging.examples.cli.file.Pictures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** How plots are written. */
public final class PlotOptions {

  @Option(
      names = "--plot-scale",
      converter = Numbers.PlotScale.class,
      paramLabel = "X",
      description =
          "How many times as many pixels plots have, lines and texts alike (default:"
              + " ${DEFAULT-VALUE}).")
  private double scale = 1;

  @Option(names = "--svg", description = "Write plots as SVG as well, sharp in any size.")
  private boolean svg;

  /** Writes NAME.png and, if wanted, NAME.svg; or says that texts cannot be drawn. */
  public void write(Path folder, String name, PrintWriter log, Supplier<Plot> drawing)
      throws IOException {
    Pictures.write(folder.resolve(name + ".png"), log, () -> drawing.get().toImage(scale));
    if (svg) {
      Pictures.writeSvg(folder.resolve(name + ".svg"), log, () -> drawing.get().toSvg());
    }
  }
}
