package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.io.DicomFile;
import io.github.brainimaging.core.io.DicomSegWriter;
import io.github.brainimaging.core.io.DicomSource;
import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.measure.Lesion;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.report.Overlay;
import io.github.brainimaging.core.report.PdfReport;
import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.core.work.OutputNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Writes what was found on DICOM inputs as DICOM too, if that was asked for. */
public final class DicomFiles {

  @Option(
      names = "--dicom",
      split = ",",
      paramLabel = DicomKind.CHOICES,
      description =
          "Write what is found on DICOM inputs for viewers and archives as well, as"
              + " dicom-KIND/NAME.dcm: seg (segmentation), sr (structured report of the sizes),"
              + " rtstruct (contours), sc (pictures of the outlines), pmap (the probability of each"
              + " voxel, for which the network runs once more), pdf (the report), or several with"
              + " commas. They carry the patient's name and study; without this option no result"
              + " does.")
  private Set<DicomKind> kinds = EnumSet.noneOf(DicomKind.class);

  @Option(names = "--dicom-seg", description = "The same as --dicom seg.")
  private boolean segmentations;

  private final OutputNames names = new OutputNames();
  private final List<String> failures = new ArrayList<>();

  /**
   * What found something, and how.
   *
   * @param region what is written about the region
   * @param facts what reports say of the run
   * @param ofVolume gives the probability of each voxel of a volume as read
   * @param ofImage the same of an image
   */
  public record Maker(
      DicomSegWriter region,
      ReportWriter.Facts facts,
      UnaryOperator<MedicalVolume> ofVolume,
      UnaryOperator<MedicalImage> ofImage) {}

  /**
   * Refuses what cannot be written, before anything is analyzed.
   *
   * @param network whether what segments is a network, which knows probabilities
   */
  public void check(CommandSpec spec, boolean network) {
    if (!network && kinds.contains(DicomKind.PMAP)) {
      throw new ParameterException(
          spec.commandLine(),
          "--dicom pmap goes with --method learned, whose network tells probabilities");
    }
  }

  /** Whether there is anything to write. */
  public boolean wanted() {
    return segmentations || !kinds.isEmpty();
  }

  /** Opens the images that a result belongs to. */
  @FunctionalInterface
  interface Origin {
    DicomSource open() throws IOException;
  }

  /**
   * What was found in a volume; gives the name of the segmentation within the folder, null if there
   * is none.
   *
   * @param pdf the report, if it was made before
   */
  public @Nullable String write(
      VolumeInput input,
      Outcome<VolumeAnalysis> outcome,
      Maker maker,
      @Nullable PdfReport pdf,
      Path folder)
      throws IOException {
    Origin origin = input.dicom();
    if (!wanted() || outcome.analysis().isEmpty() || origin == null) {
      return null;
    }
    VolumeAnalysis analysis = outcome.analysis().get();
    Optional<VolumeMask> found = analysis.segmentation().map(VolumeSegmentation::mask);
    VolumeMask mask = found.orElseGet(() -> VolumeMask.empty(analysis.volume().grid()));
    return write(
        input.name(),
        folder,
        maker.region(),
        origin,
        found.isPresent(),
        new DicomKind.Finding(
            mask,
            analysis.segmentation().flatMap(VolumeSegmentation::labels),
            analysis::lesions,
            () -> outlines(analysis, mask),
            () -> maker.ofVolume().apply(analysis.volume()),
            () -> pdf == null ? PdfReport.of(input.name(), analysis, maker.facts()) : pdf,
            notes(analysis.prediction(), analysis.assessment(), analysis.remarks())));
  }

  /**
   * What was found on a slice.
   *
   * @param pdf the report, if it was made before
   */
  public void write(
      Input input, Outcome<Analysis> outcome, Maker maker, @Nullable PdfReport pdf, Path folder)
      throws IOException {
    if (!wanted() || outcome.analysis().isEmpty() || !DicomFile.recognizes(input.file())) {
      return;
    }
    Analysis analysis = outcome.analysis().get();
    Optional<Mask> found = analysis.segmentation().map(Segmentation::mask);
    MedicalImage image = analysis.image();
    Mask mask = found.orElseGet(() -> Mask.empty(image.width(), image.height()));
    DicomFile file = DicomFile.open(input.file());
    VolumeGrid grid = file.grid();
    VolumeMask flat = VolumeMask.wrap(grid, mask.toArray());
    String unused =
        write(
            input.name(),
            folder,
            maker.region(),
            () -> file,
            found.isPresent(),
            new DicomKind.Finding(
                flat,
                Optional.empty(),
                () -> Lesion.of(flat),
                () -> List.of(Overlay.draw(image, mask)),
                () -> MedicalVolume.wrap(grid, 1, maker.ofImage().apply(image).samples()),
                () -> pdf == null ? PdfReport.of(input.name(), analysis, maker.facts()) : pdf,
                notes(analysis.prediction(), analysis.assessment(), analysis.remarks())));
  }

  /** The slices with something on them; of an empty mask, the middle one. */
  private static List<MedicalImage> outlines(VolumeAnalysis analysis, VolumeMask mask) {
    int depth = mask.grid().depth();
    return IntStream.range(0, depth)
        .filter(z -> mask.isEmpty() ? z == depth / 2 : !mask.slice(z).isEmpty())
        .mapToObj(z -> Overlay.draw(analysis.volume().slice(z), mask.slice(z)))
        .toList();
  }

  private static List<String> notes(
      Optional<Prediction> prediction, Assessment assessment, List<String> remarks) {
    List<String> notes = new ArrayList<>();
    prediction.ifPresent(
        said ->
            notes.add(
                String.format(
                    Locale.ROOT,
                    "Classified as %s, probability %.3f",
                    said.label(),
                    said.probability())));
    if (assessment.verdict() != Assessment.Verdict.IN_DOMAIN) {
      notes.add("Not what the model is for: " + String.join("; ", assessment.reasons()));
    }
    notes.addAll(remarks);
    notes.add("Made by software that is no medical device");
    return notes;
  }

  private @Nullable String write(
      String input,
      Path folder,
      DicomSegWriter region,
      Origin origin,
      boolean segmented,
      DicomKind.Finding found)
      throws IOException {
    Set<DicomKind> all = EnumSet.noneOf(DicomKind.class);
    all.addAll(kinds);
    if (segmentations) {
      all.add(DicomKind.SEG);
    }
    if (!segmented) {
      all.retainAll(
          EnumSet.of(DicomKind.PDF)); // Nothing was looked for that the others could hold.
    }
    if (all.isEmpty()) {
      return null;
    }
    String name = names.next(input) + ".dcm";
    String segmentation = null;
    DicomSource source;
    try {
      source = origin.open();
    } catch (ImageFormatException e) {
      failures.add(input + ": " + e.getMessage());
      return null;
    }
    for (DicomKind kind : all) {
      String file = kind.folder() + "/" + name;
      try {
        kind.write(region, found, source, folder.resolve(file));
        segmentation = kind == DicomKind.SEG ? file : segmentation;
      } catch (ImageFormatException | IllegalArgumentException e) {
        // The latter of a series of several volumes, to which no mask can be tied.
        failures.add(input + ": " + e.getMessage());
      }
    }
    return segmentation;
  }

  /** Tells which could not be written, and gives their number. */
  public int finish(PrintWriter table) {
    failures.forEach(
        failure -> table.println("FAILED to write as DICOM: " + Terminal.plain(failure)));
    table.flush();
    return failures.size();
  }
}
