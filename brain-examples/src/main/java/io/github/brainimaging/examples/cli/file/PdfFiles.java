package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.report.PdfReport;
import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.core.work.OutputNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Writes the report of each input as PDF, if that was asked for. */
public final class PdfFiles {

  @Option(
      names = "--pdf",
      description = "Write the report of each input as a PDF file as well, pdf/NAME.pdf.")
  private boolean asked;

  private final OutputNames images = new OutputNames();
  private final OutputNames volumes = new OutputNames("-volume");

  /** Whether there is anything to write. */
  public boolean wanted() {
    return asked;
  }

  /** Of a volume; gives the report, null if there is none. */
  public @Nullable PdfReport write(
      VolumeInput input, Outcome<VolumeAnalysis> outcome, ReportWriter.Facts facts, Path folder)
      throws IOException {
    Optional<VolumeAnalysis> found = outcome.analysis().filter(known -> asked);
    return found.isEmpty()
        ? null
        : write(PdfReport.of(input.name(), found.get(), facts), folder, volumes.next(input.name()));
  }

  /** Of an image; gives the report, null if there is none. */
  public @Nullable PdfReport write(
      Input input, Outcome<Analysis> outcome, ReportWriter.Facts facts, Path folder)
      throws IOException {
    Optional<Analysis> found = outcome.analysis().filter(known -> asked);
    return found.isEmpty()
        ? null
        : write(PdfReport.of(input.name(), found.get(), facts), folder, images.next(input.name()));
  }

  private static PdfReport write(PdfReport report, Path folder, String name) throws IOException {
    report.write(folder.resolve("pdf").resolve(name + ".pdf"));
    return report;
  }
}
