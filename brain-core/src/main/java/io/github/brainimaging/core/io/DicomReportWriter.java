package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.VolumeLabels;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.internal.dicom.result.MeasurementReport;
import io.github.brainimaging.core.io.internal.dicom.result.Segment;
import io.github.brainimaging.core.measure.Lesion;
import java.util.List;
import java.util.Optional;

/**
 * Writes the sizes of what was found on DICOM images as a DICOM structured report: Enhanced SR (SOP
 * class 1.2.840.10008.5.1.4.1.1.88.22) by template TID 1500, Measurement Report.
 *
 * <ul>
 *   <li>One measurement group for all of the mask, with its volume and a reference to the
 *       segmentation that {@link DicomSegWriter} makes of the same mask and source, to be stored
 *       with it; then one for each {@link Lesion}: volume (cm3), long and short axis within a slice
 *       and the largest diameter in space (mm), and where they were measured in the head ({@link
 *       #withLesions}) the side of the patient.
 *   <li>Whole and parts have tracking UIDs; that of the whole stands in the segmentation too.
 *   <li>Notes, such as what a classifier said, stand as comments beneath.
 *   <li>Completion is COMPLETE, verification UNVERIFIED: no person has looked at it. Patient, UIDs
 *       and dates follow the rules of {@link DicomSegWriter}; the series number is 2000 and that of
 *       the source.
 * </ul>
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class DicomReportWriter extends DicomMaskWriter {

  private final DicomSegWriter segmentation;
  private final List<String> notes;
  private final Optional<VolumeLabels> labels;
  private final Optional<List<Lesion>> lesions;

  private DicomReportWriter(
      DicomSegWriter segmentation,
      List<String> notes,
      Optional<VolumeLabels> labels,
      Optional<List<Lesion>> lesions) {
    this.segmentation = segmentation;
    this.notes = notes;
    this.labels = labels;
    this.lesions = lesions;
  }

  /**
   * Reports what a segmentation shows.
   *
   * @param segmentation the writer of the segmentation: what the region is, and what found it
   * @return the writer, without notes
   */
  public static DicomReportWriter of(DicomSegWriter segmentation) {
    return new DicomReportWriter(segmentation, List.of(), Optional.empty(), Optional.empty());
  }

  /**
   * The same with notes.
   *
   * @param texts what is to be said beside the measurements; characters other than ASCII become
   *     question marks
   * @return the new writer
   * @throws IllegalArgumentException if one is blank
   */
  public DicomReportWriter withNotes(List<String> texts) {
    texts.forEach(text -> Arguments.require(!text.isBlank(), "note must be a text, got %s", text));
    return new DicomReportWriter(segmentation, List.copyOf(texts), labels, lesions);
  }

  /**
   * The same with the parts of the mask: a measurement group with the volume of each, which refers
   * to its segment in the segmentation that {@link DicomSegWriter} makes of the same labels.
   *
   * @param parts the parts, on the grid of the mask
   * @return the new writer
   */
  public DicomReportWriter withLabels(VolumeLabels parts) {
    return new DicomReportWriter(segmentation, notes, Optional.of(parts), lesions);
  }

  /**
   * The same with regions that were measured in the head, so that their sides are known ({@link
   * Lesion#of(VolumeMask, io.github.brainimaging.core.image.MedicalVolume)}). Without, the report
   * measures the mask, and tells no side.
   *
   * @param measured the regions of the mask
   * @return the new writer
   */
  public DicomReportWriter withLesions(List<Lesion> measured) {
    return new DicomReportWriter(segmentation, notes, labels, Optional.of(List.copyOf(measured)));
  }

  @Override
  DicomResult result(VolumeMask mask, DicomSource source) throws ImageFormatException {
    List<Lesion> measured = lesions.orElseGet(() -> Lesion.of(mask));
    int voxels = measured.stream().mapToInt(Lesion::voxels).sum();
    Arguments.require(
        voxels == mask.count(),
        "lesions must be those of the mask, which has %s voxels, got %s",
        mask.count(),
        voxels);
    labels.ifPresent(
        parts ->
            Arguments.require(
                parts.grid().matches(mask.grid()),
                "labels must lie on the grid of the mask = %s, got %s",
                mask.grid(),
                parts.grid()));
    return DicomResult.of(
        source,
        mask.grid(),
        origin ->
            MeasurementReport.of(
                origin,
                new Segment(segmentation.segment(), mask),
                labels.map(segmentation::segments).orElse(List.of()),
                measured,
                notes));
  }

  /** What is reported. */
  @Override
  public String toString() {
    return "DicomReportWriter["
        + segmentation
        + ", "
        + notes
        + labels.map(parts -> ", " + parts.names()).orElse("")
        + lesions.map(known -> ", " + known).orElse("")
        + "]";
  }
}
