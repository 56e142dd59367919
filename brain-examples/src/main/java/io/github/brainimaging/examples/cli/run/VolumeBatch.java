package io.github.brainimaging.examples.cli.run;

import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.core.report.VolumeReportWriter;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.examples.cli.file.Outputs;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs a pipeline over volumes, writes the report and prints a table. */
public final class VolumeBatch {

  /** Told of every outcome while it is in memory. */
  @FunctionalInterface
  public interface Listener {
    /** Gives the DICOM segmentation that it wrote, relative to the folder; null if none. */
    @Nullable String outcome(VolumeInput input, Outcome<VolumeAnalysis> outcome) throws IOException;
  }

  private VolumeBatch() {}

  /**
   * Runs all and gives the number of volumes that failed. What goes wrong with a volume is its
   * result; what goes wrong with the folder ends the run.
   *
   * @param maskEnding what the names of masks end with, {@code .nii.gz} or {@code .seg.nrrd}
   * @param facts what the report tells of the run
   * @throws IllegalArgumentException if an input lies where results are written
   * @throws CancellationException if the thread is interrupted
   * @throws IOException if the results cannot be written
   */
  public static int run(
      VolumePipeline pipeline,
      List<VolumeInput> volumes,
      Path folder,
      String maskEnding,
      ReportWriter.Facts facts,
      PrintWriter table,
      Listener listener)
      throws IOException {
    List<Path> files = volumes.stream().flatMap(volume -> volume.files().stream()).toList();
    new Outputs(folder).requireFreeOf(files);
    Files.createDirectories(folder);
    VolumeReportWriter report = VolumeReportWriter.create(folder, files, maskEnding, facts);
    int failed = 0;
    try (ProgressLine progress = new ProgressLine("volumes", volumes.size());
        Stream<Outcome<VolumeAnalysis>> outcomes =
            pipeline.analyzeInputs(volumes, Progress.none())) {
      Iterator<Outcome<VolumeAnalysis>> each = outcomes.iterator();
      for (VolumeInput volume : volumes) {
        Outcome<VolumeAnalysis> outcome = each.next();
        report.add(volume.name(), outcome, listener.outcome(volume, outcome));
        failed += outcome.analysis().isPresent() ? 0 : 1;
        String row =
            outcome
                .analysis()
                .map(VolumeBatch::findings)
                .map(Terminal::plain)
                .orElseGet(() -> "FAILED: " + Batch.failure(volume.files().get(0), outcome));
        progress.println(table, Terminal.plain(volume.name()) + "  " + row);
        progress.step();
      }
    }
    report.finish();
    table.printf(
        Locale.ROOT,
        "%d volumes analyzed, %d failed; results: %s%n",
        volumes.size() - failed,
        failed,
        folder.resolve(Outputs.VOLUMES));
    table.flush();
    return failed;
  }

  private static String findings(VolumeAnalysis analysis) {
    StringBuilder row = new StringBuilder();
    if (analysis.prediction().isPresent()) {
      Prediction prediction = analysis.prediction().get();
      row.append(
          String.format(
              Locale.ROOT, "%-12s %5.1f %%", prediction.label(), 100 * prediction.probability()));
    }
    analysis.segmentation().ifPresent(found -> row.append("  ").append(region(found.mask())));
    List<String> told = new ArrayList<>(analysis.volume().warnings());
    told.addAll(analysis.remarks());
    if (!told.isEmpty()) {
      row.append("  ").append(String.join("; ", told));
    }
    if (!analysis.assessment().reasons().isEmpty()) {
      row.append("  ").append(analysis.assessment());
    }
    return row.toString();
  }

  private static String region(VolumeMask mask) {
    if (mask.isEmpty()) {
      return "no region found";
    }
    return mask.volumeMl().isPresent()
        ? String.format(Locale.ROOT, "%.2f ml", mask.volumeMl().getAsDouble())
        : mask.count() + " voxels";
  }
}
