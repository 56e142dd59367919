package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.internal.dicom.result.MeasurementReport;
import io.github.brainimaging.core.io.internal.dicom.result.SegmentText;
import java.util.List;

/**
 * Writes the sizes of what was found on DICOM images as a DICOM structured report: Enhanced SR (SOP
 * class 1.2.840.10008.5.1.4.1.1.88.22) by template TID 1500, Measurement Report.
 *
 * <ul>
 *   <li>One measurement group for all of the mask, with its volume and a reference to the
 *       segmentation that {@link DicomSegWriter} makes of the same mask and source, to be stored
 *       with it; then one for each {@link io.github.brainimaging.core.measure.Lesion}: volume
 *       (cm3), long and short axis within a slice and the largest diameter in space (mm).
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

  private DicomReportWriter(DicomSegWriter segmentation, List<String> notes) {
    this.segmentation = segmentation;
    this.notes = notes;
  }

  /**
   * Reports what a segmentation shows.
   *
   * @param segmentation the writer of the segmentation: what the region is, and what found it
   * @return the writer, without notes
   */
  public static DicomReportWriter of(DicomSegWriter segmentation) {
    return new DicomReportWriter(segmentation, List.of());
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
    return new DicomReportWriter(segmentation, List.copyOf(texts));
  }

  @Override
  DicomResult result(VolumeMask mask, DicomSource source) throws ImageFormatException {
    SegmentText segment = segmentation.segment();
    return DicomResult.of(
        source, mask.grid(), origin -> MeasurementReport.of(origin, mask, segment, notes));
  }

  /** What is reported. */
  @Override
  public String toString() {
    return "DicomReportWriter[" + segmentation + ", " + notes + "]";
  }
}
