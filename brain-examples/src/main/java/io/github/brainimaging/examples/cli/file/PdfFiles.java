package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.report.PdfReport;
import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.core.work.OutputNames;
import java.io.IOException;
import java.nio.file.Path;
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
    if (!asked || outcome.analysis().isEmpty()) {
      return null;
    }
    PdfReport report = PdfReport.of(input.name(), outcome.analysis().get(), facts);
    report.write(file(folder, volumes.next(input.name())));
    return report;
  }

  /** Of an image; gives the report, null if there is none. */
  public @Nullable PdfReport write(
      Input input, Outcome<Analysis> outcome, ReportWriter.Facts facts, Path folder)
      throws IOException {
    if (!asked || outcome.analysis().isEmpty()) {
      return null;
    }
    PdfReport report = PdfReport.of(input.name(), outcome.analysis().get(), facts);
    report.write(file(folder, images.next(input.name())));
    return report;
  }

  private static Path file(Path folder, String name) {
    return folder.resolve("pdf").resolve(name + ".pdf");
  }
}
