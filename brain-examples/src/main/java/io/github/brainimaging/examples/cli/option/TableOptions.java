package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.data.ClinicalTable;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.models.card.ClinicalColumns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Clinical data that is learned from beside the images. */
public final class TableOptions {

  @Option(
      names = "--table",
      required = true,
      paramLabel = "FILE.csv",
      description =
          "What is known of the patients. Its first column is the group of an image (see --groups);"
              + " of images without, the name of the file without its ending. Empty fields are"
              + " missing values. Goes with frozen layers: the columns are put behind the"
              + " features.")
  private @Nullable Path table;

  @Option(
      names = "--numbers",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns of --table that are numbers, separated by commas, such as age.")
  private List<String> numbers = List.of();

  @Option(
      names = "--categories",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns of --table that are words or codes, separated by commas, such as sex.")
  private List<String> categories = List.of();

  public boolean given() {
    return table != null;
  }

  public boolean namesColumns() {
    return !numbers.isEmpty() || !categories.isEmpty();
  }

  /** The table; without rows if there is none. A column that is not there is wrong usage. */
  public ClinicalTable read(CommandSpec spec) throws IOException {
    if (table == null) {
      return new ClinicalTable(Map.of());
    }
    ClinicalTable read = ClinicalTable.ofCsv(table);
    requireColumns(spec, read, Stream.concat(numbers.stream(), categories.stream()).toList());
    return read;
  }

  static void requireColumns(CommandSpec spec, ClinicalTable table, List<String> names) {
    List<String> absent = names.stream().filter(name -> !table.columns().contains(name)).toList();
    if (!absent.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--table must have the columns " + names + ", got " + table.columns());
    }
  }

  /** The columns as they are in the images that are learned from; none if there is no table. */
  public ClinicalColumns fit(ClinicalTable rows, DataSet training) {
    return given()
        ? ClinicalColumns.fit(rows.rows(training), numbers, categories)
        : ClinicalColumns.none();
  }
}
