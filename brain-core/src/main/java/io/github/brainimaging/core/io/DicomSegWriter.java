package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeLabels;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.internal.dicom.result.CodedConcept;
import io.github.brainimaging.core.io.internal.dicom.result.LesionPart;
import io.github.brainimaging.core.io.internal.dicom.result.Segment;
import io.github.brainimaging.core.io.internal.dicom.result.SegmentText;
import io.github.brainimaging.core.io.internal.dicom.result.SegmentationObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes a mask that was found on DICOM images as a DICOM Segmentation object (SEG, SOP class
 * 1.2.840.10008.5.1.4.1.1.66.4), which viewers and archives show over those images.
 *
 * <ul>
 *   <li>One binary segment, of labels one for each that is not empty, with its name and, where that
 *       tells edema, necrosis, or what enhances and what does not, its code; one bit a pixel,
 *       explicit VR little endian. One frame for each slice with something inside, at the very
 *       place of that slice, so that tilted and uneven stacks are right as well; of an empty mask a
 *       frame for every slice, since a file without frames is none.
 *   <li>Patient, study, frame of reference and character set are those of the source, and every
 *       source file is referenced: <b>the file tells who the patient is</b> if the source does.
 *       Nothing else that the library writes does.
 *   <li>An equal call gives an equal file: UIDs are 2.25 and a UUID made of the content's SHA-256
 *       digest, and the content date is that of the source (the study date if it has none,
 *       1900-01-01 if it has neither). The series number is 1000 and that of the source.
 * </ul>
 *
 * <pre>{@code
 * DicomSeries series = DicomFolder.scan(folder).series().get(0);
 * VolumeMask mask = segmenter.segment(series.read()).mask();
 * DicomSegWriter.ofTumor().withAlgorithm("TumorSegmenter").write(mask, series, file);
 * }</pre>
 *
 * <p>{@link DicomFile} and {@link MedicalVolumeReader} read such a file as a volume of 0 and 1 that
 * holds its frames only, and refuse to make a volume of one with several segments.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class DicomSegWriter extends DicomMaskWriter {

  private static final int LONGEST_VALUE = 16;
  private static final String ALGORITHM = "brain-segmentation";
  private static final Code BRAIN = new Code("12738006", "SCT", "Brain");

  /**
   * A term of a coding scheme.
   *
   * @param value its code, 1 to 16 characters, such as 108369006
   * @param scheme the scheme, 1 to 16 characters, such as SCT for SNOMED CT or DCM for DICOM's own
   * @param meaning what it means, 1 to 64 characters
   */
  public record Code(String value, String scheme, String meaning) {

    /**
     * Checks the texts.
     *
     * @param value its code, 1 to 16 characters
     * @param scheme the scheme, 1 to 16 characters
     * @param meaning what it means, 1 to 64 characters
     * @throws IllegalArgumentException if one is empty, too long or not of printable ASCII without
     *     backslash
     */
    public Code {
      DicomResult.requireText("value", value, LONGEST_VALUE);
      DicomResult.requireText("scheme", scheme, LONGEST_VALUE);
      DicomResult.requireText("meaning", meaning);
    }

    private CodedConcept toConcept() {
      return new CodedConcept(value, scheme, meaning);
    }
  }

  private final String label;
  private final Code category;
  private final Code type;
  private final Optional<Code> site;
  private final String algorithm;
  private final boolean automatic;

  private DicomSegWriter(
      String label,
      Code category,
      Code type,
      Optional<Code> site,
      String algorithm,
      boolean automatic) {
    this.label = DicomResult.requireText("label", label);
    this.category = Objects.requireNonNull(category, "category");
    this.type = Objects.requireNonNull(type, "type");
    this.site = site;
    this.algorithm = DicomResult.requireText("algorithm", algorithm);
    this.automatic = automatic;
  }

  /**
   * Writes tumors: label "Tumor", a Morphologically Abnormal Structure (49755003, SCT) that is a
   * Neoplasm (108369006, SCT) in the Brain (12738006, SCT), found automatically by
   * "brain-segmentation".
   *
   * @return the writer
   */
  public static DicomSegWriter ofTumor() {
    return new DicomSegWriter(
        "Tumor",
        new Code("49755003", "SCT", "Morphologically Abnormal Structure"),
        new Code("108369006", "SCT", "Neoplasm"),
        Optional.of(BRAIN),
        ALGORITHM,
        true);
  }

  /**
   * Writes brains: label "Brain", an Anatomical Structure (91723000, SCT) that is a Brain
   * (12738006, SCT), found automatically by "brain-segmentation".
   *
   * @return the writer
   */
  public static DicomSegWriter ofBrain() {
    return of("Brain", new Code("91723000", "SCT", "Anatomical Structure"), BRAIN);
  }

  /**
   * Writes anything else, found automatically by "brain-segmentation".
   *
   * @param label what people read, 1 to 64 characters
   * @param category what kind of thing it is (CID 7150)
   * @param type what it is (CID 7151)
   * @return the writer
   * @throws IllegalArgumentException if the label is empty, too long or not of printable ASCII
   *     without backslash
   */
  public static DicomSegWriter of(String label, Code category, Code type) {
    return new DicomSegWriter(label, category, type, Optional.empty(), ALGORITHM, true);
  }

  /**
   * The same with another algorithm.
   *
   * @param name what found the region, such as the name of a model, 1 to 64 characters
   * @return the new writer
   * @throws IllegalArgumentException if the name is empty, too long or not of printable ASCII
   *     without backslash
   */
  public DicomSegWriter withAlgorithm(String name) {
    return new DicomSegWriter(label, category, type, site, name, automatic);
  }

  /**
   * The same for regions that somebody worked over: algorithm type SEMIAUTOMATIC.
   *
   * @return the new writer
   */
  public DicomSegWriter withManualCorrection() {
    return new DicomSegWriter(label, category, type, site, algorithm, false);
  }

  /**
   * Writes the mask of a file of one frame, as that of a series is written.
   *
   * @param mask the mask, with the columns and rows of the frame; may be empty
   * @param source the file on which it was found
   * @param file the file to write
   * @throws IllegalArgumentException if the mask has another size, the source has several frames,
   *     or would be overwritten
   * @throws ImageFormatException if the source is damaged or has changed, tells no place, pixel
   *     spacing or slice thickness, or lacks its study, series, instance or frame of reference UID
   * @throws IOException if the source cannot be read or writing fails
   */
  public void write(Mask mask, DicomFile source, Path file) throws IOException {
    write(oneSlice(mask, source), source, file);
  }

  /**
   * Writes the mask of a file of one frame to a stream, as {@link #write(Mask, DicomFile, Path)}
   * does to a file.
   *
   * @param mask the mask, with the columns and rows of the frame; may be empty
   * @param source the file on which it was found
   * @param out where to; not closed
   * @throws IllegalArgumentException if the mask has another size or the source has several frames
   * @throws ImageFormatException as for a file
   * @throws IOException if the source cannot be read or writing fails
   */
  public void write(Mask mask, DicomFile source, OutputStream out) throws IOException {
    write(oneSlice(mask, source), source, out);
  }

  /**
   * Writes regions with names, such as the parts of a tumor, a segment for each that is not empty.
   *
   * @param labels the regions, on the grid of the source; may lie within each other
   * @param source the images on which they were found, of one volume
   * @param file the file to write
   * @throws IllegalArgumentException if the regions lie on another grid, the source has several
   *     volumes, or the file is one of the source's own
   * @throws ImageFormatException as for a mask
   * @throws IOException if the source cannot be read or writing fails
   */
  public void write(VolumeLabels labels, DicomSource source, Path file) throws IOException {
    result(labels, source).write(file);
  }

  /**
   * Writes regions with names to a stream, as {@link #write(VolumeLabels, DicomSource, Path)} does
   * to a file.
   *
   * @param labels the regions, on the grid of the source
   * @param source the images on which they were found, of one volume
   * @param out where to; not closed
   * @throws IllegalArgumentException if the regions lie on another grid or the source has several
   *     volumes
   * @throws ImageFormatException as for a mask
   * @throws IOException if the source cannot be read or writing fails
   */
  public void write(VolumeLabels labels, DicomSource source, OutputStream out) throws IOException {
    result(labels, source).write(out);
  }

  /** What is written about the region. */
  @Override
  public String toString() {
    return "DicomSegWriter["
        + label
        + ", "
        + category
        + ", "
        + type
        + ", "
        + algorithm
        + (automatic ? "]" : ", corrected by hand]");
  }

  private static VolumeMask oneSlice(Mask mask, DicomFile source) throws ImageFormatException {
    VolumeGrid grid = source.stack().grid();
    Arguments.require(
        mask.width() == grid.width() && mask.height() == grid.height() && grid.depth() == 1,
        "mask must be that of a file of one frame, %s x %s for a source of %s",
        mask.width(),
        mask.height(),
        grid);
    return VolumeMask.wrap(grid, mask.toArray());
  }

  @Override
  DicomResult result(VolumeMask mask, DicomSource source) throws ImageFormatException {
    return DicomResult.of(
        source,
        mask.grid(),
        origin -> SegmentationObject.of(origin, label, List.of(new Segment(segment(), mask))));
  }

  private DicomResult result(VolumeLabels labels, DicomSource source) throws ImageFormatException {
    return DicomResult.of(
        source, labels.grid(), origin -> SegmentationObject.of(origin, label, segments(labels)));
  }

  /** Each region that is not empty; all of them where all are. */
  List<Segment> segments(VolumeLabels labels) {
    List<String> names = new ArrayList<>(labels.names());
    names.removeIf(name -> labels.count(name) == 0);
    return (names.isEmpty() ? labels.names() : names)
        .stream().map(name -> new Segment(part(name), labels.mask(name))).toList();
  }

  /** Names come from whoever made the network. */
  private SegmentText part(String name) {
    String plain = name.replaceAll("[^ -~]|\\\\", "?");
    String text = plain.substring(0, Math.min(DicomResult.LONGEST_TEXT, plain.length()));
    return new SegmentText(
        text.isBlank() ? label : text,
        category.toConcept(),
        LesionPart.of(name).orElseGet(type::toConcept),
        site.map(Code::toConcept),
        automatic ? "AUTOMATIC" : "SEMIAUTOMATIC",
        algorithm);
  }

  /** How the region is called. */
  SegmentText segment() {
    return new SegmentText(
        label,
        category.toConcept(),
        type.toConcept(),
        site.map(Code::toConcept),
        automatic ? "AUTOMATIC" : "SEMIAUTOMATIC",
        algorithm);
  }
}
