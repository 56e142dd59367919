package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.io.DicomFile;
import io.github.brainimaging.core.io.DicomSegWriter;
import io.github.brainimaging.core.io.DicomSource;
import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.report.Overlay;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Writes what was found on DICOM inputs as DICOM too, if that was asked for. */
public final class DicomFiles {

  @Option(
      names = "--dicom",
      split = ",",
      paramLabel = DicomKind.CHOICES,
      description =
          "Write what is found on DICOM inputs for viewers and archives as well, as"
              + " dicom-KIND/NAME.dcm: seg (segmentation), sr (structured report of the sizes),"
              + " rtstruct (contours), sc (pictures of the outlines), or several with commas. They"
              + " carry the patient's name and study; without this option no result does.")
  private Set<DicomKind> kinds = EnumSet.noneOf(DicomKind.class);

  @Option(names = "--dicom-seg", description = "The same as --dicom seg.")
  private boolean segmentations;

  private final OutputNames names = new OutputNames();
  private final List<String> failures = new ArrayList<>();

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
   */
  public @Nullable String write(
      VolumeInput input, Outcome<VolumeAnalysis> outcome, DicomSegWriter region, Path folder)
      throws IOException {
    Optional<VolumeSegmentation> found = outcome.analysis().flatMap(VolumeAnalysis::segmentation);
    Origin origin = input.dicom();
    if (!wanted() || found.isEmpty() || origin == null) {
      return null;
    }
    VolumeAnalysis analysis = outcome.analysis().orElseThrow();
    VolumeMask mask = found.get().mask();
    return write(
        input.name(),
        folder,
        region,
        origin,
        new DicomKind.Finding(
            mask,
            () -> outlines(analysis, mask),
            notes(analysis.prediction(), analysis.assessment(), analysis.remarks())));
  }

  /** What was found on a slice. */
  public void write(Input input, Outcome<Analysis> outcome, DicomSegWriter region, Path folder)
      throws IOException {
    Optional<Segmentation> found = outcome.analysis().flatMap(Analysis::segmentation);
    if (wanted() && found.isPresent() && DicomFile.recognizes(input.file())) {
      Analysis analysis = outcome.analysis().orElseThrow();
      DicomFile file = DicomFile.open(input.file());
      String unused =
          write(
              input.name(),
              folder,
              region,
              () -> file,
              new DicomKind.Finding(
                  VolumeMask.wrap(file.grid(), found.get().mask().toArray()),
                  () -> List.of(Overlay.draw(analysis.image(), found.get().mask())),
                  notes(analysis.prediction(), analysis.assessment(), analysis.remarks())));
    }
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
      String input, Path folder, DicomSegWriter region, Origin origin, DicomKind.Finding found)
      throws IOException {
    Set<DicomKind> all = EnumSet.noneOf(DicomKind.class);
    all.addAll(kinds);
    if (segmentations) {
      all.add(DicomKind.SEG);
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
