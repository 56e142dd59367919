package io.github.brainimaging.examples.cli.run;

import io.github.brainimaging.core.image.VolumeLabels;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.measure.Atlas;
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
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline over volumes, writes the report and prints a table.
 *
 * @param folder where the report is written
 * @param maskEnding what the names of masks end with, {@code .nii.gz} or {@code .seg.nrrd}
 * @param run what makes a run the same as an earlier one, whose results are then kept (see {@link
 *     RunIdentity}); empty to begin anew
 * @param table where rows are printed
 * @param beside what is read beside the volumes
 */
public record VolumeBatch(
    Path folder, String maskEnding, String run, PrintWriter table, Beside beside) {

  /** So many regions are told in a row. */
  private static final int MOST_PARTS = 8;

  /**
   * What is read beside the volumes.
   *
   * @param earlier an earlier visit with which the volume is compared; null if there is none
   * @param atlas in which lesions are placed; null if there is none
   * @param sequences files and folders of other sequences
   */
  public record Beside(@Nullable VolumeInput earlier, @Nullable Atlas atlas, List<Path> sequences) {

    /** All files and folders but those of the atlas. */
    public List<Path> files() {
      List<Path> files = new ArrayList<>(sequences);
      if (earlier != null) {
        files.addAll(earlier.files());
      }
      return files;
    }
  }

  /** What is done with an input. */
  @FunctionalInterface
  public interface Steps {
    VolumePipeline of(VolumeInput input);
  }

  /** Told of every outcome while it is in memory. */
  @FunctionalInterface
  public interface Listener {
    /** Gives the DICOM segmentation that it wrote, relative to the folder; null if none. */
    @Nullable String outcome(VolumeInput input, Outcome<VolumeAnalysis> outcome) throws IOException;
  }

  /**
   * Runs all and gives the number of volumes that failed. What goes wrong with a volume is its
   * result; what goes wrong with the folder ends the run.
   *
   * @param facts what the report tells of the run
   * @param listener not told of results that were kept of an earlier run
   * @throws IllegalArgumentException if an input lies where results are written
   * @throws CancellationException if the thread is interrupted
   * @throws IOException if the results cannot be written
   */
  public int run(
      Steps steps, List<VolumeInput> volumes, ReportWriter.Facts facts, Listener listener)
      throws IOException {
    try {
      return analyze(steps, volumes, facts, listener);
    } catch (ClosedByInterruptException e) {
      throw Batch.ended(e, folder);
    }
  }

  private int analyze(
      Steps steps, List<VolumeInput> volumes, ReportWriter.Facts facts, Listener listener)
      throws IOException {
    List<Path> files = new ArrayList<>(beside.files());
    volumes.forEach(volume -> files.addAll(volume.files()));
    new Outputs(folder).requireFreeOf(files);
    try (VolumeReportWriter report =
            VolumeReportWriter.resume(folder, facts, files, run, maskEnding);
        ProgressLine progress = new ProgressLine("volumes", volumes.size(), report.size())) {
      int kept = Math.min(report.size(), volumes.size());
      if (kept > 0) {
        progress.println(
            table,
            "%d of %s %s analyzed before"
                .formatted(
                    kept, Terminal.count(volumes.size(), "volume"), kept == 1 ? "was" : "were"));
      }
      List<VolumeInput> left = volumes.subList(kept, volumes.size());
      VolumeInput earlier = beside.earlier();
      VolumeAnalysis before = earlier == null || left.isEmpty() ? null : before(steps, earlier);
      for (VolumeInput volume : left) {
        Outcome<VolumeAnalysis> outcome = more(one(steps, volume), before);
        report.add(volume.name(), outcome, listener.outcome(volume, outcome));
        progress.println(table, Terminal.plain(volume.name()) + "  " + row(volume, outcome));
        progress.step();
      }
      report.finish();
      progress.println(
          table,
          String.format(
              Locale.ROOT,
              "%s analyzed, %d failed; results: %s, to look at: %s",
              Terminal.count(volumes.size() - report.failed(), "volume"),
              report.failed(),
              folder.resolve(Outputs.VOLUMES),
              folder.resolve(Outputs.PAGE)));
      return report.failed();
    }
  }

  private static Outcome<VolumeAnalysis> one(Steps steps, VolumeInput volume) {
    try (Stream<Outcome<VolumeAnalysis>> one =
        steps.of(volume).analyzeInputs(List.of(volume), Progress.none())) {
      return one.findFirst().orElseThrow();
    }
  }

  private static VolumeAnalysis before(Steps steps, VolumeInput earlier) throws IOException {
    Outcome<VolumeAnalysis> outcome = one(steps, earlier);
    Path file = earlier.files().get(0);
    return outcome
        .analysis()
        .orElseThrow(
            () -> new IOException("--earlier " + file + ": " + Batch.failure(file, outcome)));
  }

  /** Compared with the earlier visit, and placed in the atlas. */
  private Outcome<VolumeAnalysis> more(
      Outcome<VolumeAnalysis> outcome, @Nullable VolumeAnalysis before) {
    Atlas atlas = beside.atlas();
    if (outcome.analysis().isEmpty() || (before == null && atlas == null)) {
      return outcome;
    }
    VolumeAnalysis analysis = outcome.analysis().get();
    VolumeAnalysis compared = before == null ? analysis : analysis.since(before);
    return new Outcome.Success<>(
        outcome.input(), atlas == null ? compared : compared.within(atlas));
  }

  private static String row(VolumeInput volume, Outcome<VolumeAnalysis> outcome) {
    return outcome
        .analysis()
        .map(VolumeBatch::findings)
        .map(Terminal::plain)
        .orElseGet(() -> "FAILED: " + Batch.failure(volume.files().get(0), outcome));
  }

  private static String findings(VolumeAnalysis analysis) {
    StringBuilder row = new StringBuilder();
    if (analysis.prediction().isPresent()) {
      Prediction prediction = analysis.prediction().get();
      row.append(
          String.format(
              Locale.ROOT, "%-12s %5.1f %%", prediction.label(), 100 * prediction.probability()));
    }
    analysis.segmentation().ifPresent(found -> row.append("  ").append(region(found)));
    analysis
        .change()
        .ifPresent(
            change -> {
              row.append("  ").append(change);
              change.registration().doubts().forEach(d -> row.append("; doubtful: ").append(d));
            });
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

  private static String region(VolumeSegmentation found) {
    String between =
        found
            .uncertainty()
            .filter(known -> known.lowMl().isPresent() && known.highMl().isPresent())
            .map(
                known ->
                    String.format(
                        Locale.ROOT,
                        ", %.1f to %.1f ml",
                        known.lowMl().getAsDouble(),
                        known.highMl().getAsDouble()))
            .orElse("");
    return region(found.mask()) + between + found.labels().map(VolumeBatch::parts).orElse("");
  }

  /** The largest of them. */
  private static String parts(VolumeLabels labels) {
    List<String> names = new ArrayList<>(labels.names());
    names.removeIf(name -> labels.count(name) == 0);
    names.sort(Comparator.comparingInt(labels::count).reversed());
    List<String> parts = new ArrayList<>();
    for (String name : names.subList(0, Math.min(MOST_PARTS, names.size()))) {
      parts.add(name + " " + region(labels.mask(name)));
    }
    if (names.size() > MOST_PARTS) {
      parts.add(names.size() - MOST_PARTS + " more");
    }
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  private static String region(VolumeMask mask) {
    if (mask.isEmpty()) {
      return "no region found";
    }
    return mask.volumeMl().isPresent()
        ? String.format(Locale.ROOT, "%.2f ml", mask.volumeMl().getAsDouble())
        : Terminal.count(mask.count(), "voxel");
  }
}
