package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.measure.LesionFeatures;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.examples.cli.file.CsvFile;
import io.github.brainimaging.examples.cli.file.Input;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the regions found look like, as a table to learn from. */
public final class FeaturesOption {

  @Option(
      names = "--features",
      paramLabel = "FILE.csv",
      description =
          "Write shape, gray values and texture of the region on each slice as a table, for other"
              + " programs to learn from; not for volumes.")
  private @Nullable Path file;

  private final CsvFile table =
      new CsvFile(
          List.of(
              "input",
              "area",
              "perimeter",
              "circularity",
              "elongation",
              "solidity",
              "mean",
              "deviation",
              "skewness",
              "kurtosis",
              "entropy",
              "contrast",
              "correlation",
              "energy",
              "homogeneity"));

  public boolean wanted() {
    return file != null;
  }

  /** Takes a line for an input with a region. */
  public void add(Input input, Outcome<Analysis> outcome) {
    Optional<Analysis> analysis = outcome.analysis();
    Optional<Segmentation> region =
        analysis.flatMap(Analysis::segmentation).filter(Segmentation::found);
    if (!wanted() || region.isEmpty()) {
      return;
    }
    LesionFeatures found =
        LesionFeatures.of(analysis.orElseThrow().image(), region.orElseThrow().mask());
    LesionFeatures.Shape shape = found.shape();
    LesionFeatures.Density density = found.density();
    LesionFeatures.Texture texture = found.texture();
    table.add(
        List.of(
            input.name(),
            shape.area(),
            shape.perimeter(),
            shape.circularity(),
            shape.elongation(),
            shape.solidity(),
            density.mean(),
            density.deviation(),
            density.skewness(),
            density.kurtosis(),
            density.entropy(),
            texture.contrast(),
            texture.correlation(),
            texture.energy(),
            texture.homogeneity()));
  }

  /** Writes the table, if it was asked for. */
  public void write() throws IOException {
    if (file != null) {
      table.write(file);
    }
  }
}
