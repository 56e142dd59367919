package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.archive.DicomWeb;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.ArchiveOption;
import io.github.brainimaging.examples.cli.option.QueryOptions;
import io.github.brainimaging.examples.cli.run.ProgressLine;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Fetches series of an archive. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    description = {
      "Fetches series of an archive (DICOMweb), a folder each.",
      "A folder holds a whole series or nothing. Series that are there are not fetched again, so"
          + " that what was interrupted goes on."
    })
public final class FetchCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final ArchiveOption archive = new ArchiveOption();

  @Mixin private final QueryOptions query = new QueryOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "A folder for the series: SERIES-UID/0001.dcm and so on.")
  private Path out = Path.of("");

  @Override
  public Integer call() throws IOException {
    Map<String, String> asked = query.query();
    if (asked.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "what is to be fetched must be told: --study, --accession, --where");
    }
    DicomWeb from = archive.open(spec);
    PrintWriter text = spec.commandLine().getOut();
    List<DicomWeb.Series> found = from.find(asked);
    int failed = 0;
    try (ProgressLine progress = new ProgressLine("series", found.size())) {
      for (DicomWeb.Series series : found) {
        String line = series.modality() + "  " + series.series() + "  ";
        try {
          line += fetch(from, series);
        } catch (InterruptedIOException e) {
          throw e;
        } catch (IOException e) {
          failed++;
          line += "FAILED: " + e.getMessage();
        }
        progress.println(text, Terminal.plain(line));
        progress.step();
      }
    }
    text.println(
        found.isEmpty()
            ? "no series matches"
            : Terminal.plain(
                found.size() - failed + " series in " + out + ", " + failed + " failed"));
    text.flush();
    return found.isEmpty() || failed > 0 ? 1 : 0;
  }

  private String fetch(DicomWeb from, DicomWeb.Series series) throws IOException {
    Path folder = out.resolve(series.series());
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        long there = files.filter(file -> file.toString().endsWith(".dcm")).count();
        if (there > 0) {
          return Terminal.count(there, "file") + ", there already";
        }
      }
    }
    return Terminal.count(from.fetch(series, folder).size(), "file");
  }
}
