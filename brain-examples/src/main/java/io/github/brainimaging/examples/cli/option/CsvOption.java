package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.examples.cli.file.Outputs;
import io.github.brainimaging.examples.cli.file.ReportTable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The report as a table. */
public final class CsvOption {

  @Option(
      names = "--csv",
      paramLabel = "FILE.csv",
      description =
          "Write the results as a table as well: a line for each input, a column for each label.")
  private @Nullable Path file;

  /**
   * Writes the table of the reports that a run has just finished, if it was asked for.
   *
   * @param folder where the reports are
   * @param found what the run analyzed
   */
  public void write(Path folder, InputOption.Found found) throws IOException {
    if (file == null) {
      return;
    }
    ReportTable table = new ReportTable();
    if (!found.images().isEmpty()) {
      table.add(folder.resolve(Outputs.SLICES));
    }
    if (!found.volumes().isEmpty()) {
      table.add(folder.resolve(Outputs.VOLUMES));
    }
    table.write(file);
  }
}
