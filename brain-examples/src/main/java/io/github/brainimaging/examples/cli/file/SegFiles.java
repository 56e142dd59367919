package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.io.DicomFile;
import io.github.brainimaging.core.io.DicomSegWriter;
import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.work.OutputNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Writes the masks of DICOM inputs as DICOM segmentations too, if that was asked for. */
public final class SegFiles {

  @Option(
      names = "--dicom-seg",
      description =
          "Write masks of DICOM inputs as DICOM segmentations as well, dicom-seg/NAME.dcm, for"
              + " viewers and archives. They carry the patient's name and study; without this"
              + " option no result does.")
  private boolean wanted;

  private final OutputNames names = new OutputNames();
  private final List<String> failures = new ArrayList<>();

  public boolean wanted() {
    return wanted;
  }

  /** Writes a mask of a source. */
  @FunctionalInterface
  private interface Writing {
    void to(Path file) throws IOException;
  }

  /** The mask of a volume; gives the file's name within the folder, null if there is none. */
  public @Nullable String write(
      VolumeInput input, Outcome<VolumeAnalysis> outcome, DicomSegWriter writer, Path folder)
      throws IOException {
    Optional<VolumeSegmentation> found = outcome.analysis().flatMap(VolumeAnalysis::segmentation);
    VolumeInput.Export export = input.export();
    return found.isEmpty() || export == null
        ? null
        : write(input.name(), folder, file -> export.write(writer, found.get().mask(), file));
  }

  /** The mask of a slice. */
  public void write(Input input, Outcome<Analysis> outcome, DicomSegWriter writer, Path folder)
      throws IOException {
    Optional<Segmentation> found = outcome.analysis().flatMap(Analysis::segmentation);
    if (found.isPresent() && DicomFile.recognizes(input.file())) {
      String unused =
          write(
              input.name(),
              folder,
              file -> writer.write(found.get().mask(), DicomFile.open(input.file()), file));
    }
  }

  private @Nullable String write(String input, Path folder, Writing writing) throws IOException {
    if (!wanted) {
      return null;
    }
    String name = Outputs.DICOM + "/" + names.next(input) + ".dcm";
    try {
      writing.to(folder.resolve(name));
      return name;
    } catch (ImageFormatException e) {
      failures.add(input + ": " + e.getMessage());
      return null;
    }
  }

  /** Tells which could not be written, and gives their number. */
  public int finish(PrintWriter table) {
    failures.forEach(
        failure -> table.println("FAILED to write as DICOM: " + Terminal.plain(failure)));
    table.flush();
    return failures.size();
  }
}
