package io.github.brainimaging.core.study;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.DicomFile;
import io.github.brainimaging.core.io.DicomFolder;
import io.github.brainimaging.core.io.DicomSeries;
import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.io.NiftiFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The series of a study, and which of them serves a task.
 *
 * <pre>{@code
 * Study study = Study.scan(folder);
 * Study.Selection selection = study.select();
 * MedicalVolume volume = selection.chosen().orElseThrow().read();
 * selection.leftOut().forEach((name, reason) -> log.info("{}: {}", name, reason));
 * }</pre>
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param series the series, DICOM first, then NIfTI files by name
 * @param others what belongs to no series, by the path below the folder, with what it is: a
 *     localizer, a report, a file that cannot be read
 * @since 0.1.0
 */
public record Study(List<StudySeries> series, Map<String, String> others) {

  /**
   * The order in which sequences are chosen where no other is asked for: contrast T1 first, since
   * most tumors show there; then T1, FLAIR, T2, MR that does not tell its weighting, CT, and what
   * tells nothing.
   */
  public static final List<Modality> USUAL_ORDER =
      List.of(
          Modality.MR_T1_CONTRAST,
          Modality.MR_T1,
          Modality.MR_FLAIR,
          Modality.MR_T2,
          Modality.MR,
          Modality.CT,
          Modality.UNKNOWN);

  /**
   * Which series was chosen.
   *
   * @param chosen the series; empty if none can serve
   * @param leftOut the reason for every other one and for what is no series, by name
   */
  public record Selection(Optional<StudySeries> chosen, Map<String, String> leftOut) {

    /**
     * Copies the reasons.
     *
     * @param chosen the series
     * @param leftOut the reason for every other one
     */
    public Selection {
      leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
    }
  }

  /**
   * Copies the lists.
   *
   * @param series the series
   * @param others what belongs to no series
   */
  public Study {
    series = List.copyOf(series);
    others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
  }

  /**
   * Looks at the headers of all DICOM and NIfTI files of a study.
   *
   * @param folder the study, with all folders in it
   * @return what is in it
   * @throws ImageFormatException if its DICOM series are of several studies
   * @throws java.nio.file.NotDirectoryException if it is no folder
   * @throws IOException if the folder cannot be read
   */
  public static Study scan(Path folder) throws IOException {
    return of(folder, DicomFolder.scan(folder));
  }

  /**
   * Describes what was found in a folder; of its DICOM series nothing is read again.
   *
   * @param folder the study
   * @param dicom what {@link DicomFolder#scan} found in it
   * @return what is in it
   * @throws ImageFormatException if the series are of several studies
   */
  public static Study of(Path folder, DicomFolder dicom) throws ImageFormatException {
    List<StudySeries> series = new ArrayList<>();
    Map<String, String> others = new LinkedHashMap<>();
    for (int i = 0; i < dicom.series().size(); i++) {
      DicomSeries each = dicom.series().get(i);
      if (!each.isOfStudyOf(dicom.series().get(0))) {
        throw new ImageFormatException(
            folder + ": expected one study, found series of several: give each study by itself");
      }
      series.add(StudySeries.of(i, each));
    }
    dicom.localizers().forEach(file -> others.put(below(folder, file), "a localizer"));
    dicom.refused().forEach((file, reason) -> others.put(below(folder, file), reason));
    for (Path file : dicom.others()) {
      String name = below(folder, file);
      try {
        if (NiftiFile.recognizes(file)) {
          series.add(StudySeries.of(name, file, NiftiFile.open(file)));
        } else if (DicomFile.recognizes(file)) {
          others.put(name, "no image, such as a report or how images are shown");
        }
      } catch (IOException e) {
        others.put(name, ImageFormatException.reason(e, file));
      }
    }
    return new Study(series, others);
  }

  private static String below(Path folder, Path file) {
    return folder.relativize(file).toString();
  }

  /**
   * Which series are the sequences that a network asks for.
   *
   * @param names such as {@code t1}, {@code t1ce}, {@code FLAIR}, {@code CT}, each once; a name
   *     that is no sequence known here is looked for in the names of files. Files that are called
   *     {@code ..._0000}, {@code ..._0001} and so on, as nnU-Net has them, are taken in their order
   * @return name to series, in the order of the names; of several of a sequence the one that {@link
   *     #select()} would choose
   * @throws ImageFormatException if one is not there; the message tells which, and what is
   */
  public Map<String, StudySeries> sequences(List<String> names) throws ImageFormatException {
    return new SequenceMatch(series).of(names);
  }

  /**
   * The same study, where series that do not tell their sequence are read and looked at.
   *
   * @param recognizer tells what a volume looks like, such as {@code ScanRecognizer} of
   *     brain-models
   * @return what the files say comes first; what cannot be read stays as it is
   */
  public Study describedBy(Function<MedicalVolume, ScanFacts> recognizer) {
    List<StudySeries> described = new ArrayList<>();
    for (StudySeries each : series) {
      boolean asked = each.obstacle().isEmpty() && SeriesOrder.isSilent(each.facts());
      described.add(asked ? describe(each, recognizer) : each);
    }
    return new Study(described, others);
  }

  private static StudySeries describe(
      StudySeries each, Function<MedicalVolume, ScanFacts> recognizer) {
    try {
      return each.withFacts(each.facts().and(recognizer.apply(each.read())));
    } catch (IOException e) {
      return each.unreadable(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Chooses by {@link #USUAL_ORDER}.
   *
   * @return the choice, with the reasons
   */
  public Selection select() {
    return select(USUAL_ORDER);
  }

  /**
   * Chooses the series whose sequence is asked for first; among those an original before one that
   * was made from others, then the one of the finest voxels, then of the most slices, then the
   * first. Another sequence than these, such as diffusion, is never chosen, nor what has an {@link
   * StudySeries#obstacle}.
   *
   * @param order what the task can use, best first; one or more
   * @return the choice, with the reasons
   * @throws IllegalArgumentException if the order is empty
   */
  public Selection select(List<Modality> order) {
    Arguments.require(!order.isEmpty(), "order must have one or more, got %s", order);
    SeriesOrder rule = new SeriesOrder(order);
    Optional<StudySeries> chosen = rule.best(series);
    Map<String, String> leftOut = new LinkedHashMap<>();
    for (StudySeries each : series) {
      if (!chosen.equals(Optional.of(each))) {
        leftOut.put(each.name(), rule.reason(each, chosen));
      }
    }
    leftOut.putAll(others);
    return new Selection(chosen, leftOut);
  }
}
