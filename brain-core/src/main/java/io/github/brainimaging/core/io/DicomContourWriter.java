package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.io.internal.dicom.result.SegmentText;
import io.github.brainimaging.core.io.internal.dicom.result.StructureSet;

/**
 * Writes a mask that was found on DICOM images as contours for planning systems: an RT Structure
 * Set (RTSTRUCT, SOP class 1.2.840.10008.5.1.4.1.1.481.3) of one region.
 *
 * <ul>
 *   <li>A contour goes along the sides of the pixels, in mm in the patient (DICOM's axes), so that
 *       it encloses the very mask; pixels that only touch at a corner have contours of their own. A
 *       hole is tied to the contour around it by a channel of no width. Each contour names its
 *       image. One longer than the format holds (65,534 bytes, about 2,500 corners) is refused.
 *   <li>The region has no interpreted type and is UNAPPROVED: what it means for a treatment is said
 *       by people. Patient, UIDs and dates follow the rules of {@link DicomSegWriter}; the series
 *       number is 3000 and that of the source.
 * </ul>
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class DicomContourWriter extends DicomMaskWriter {

  private final DicomSegWriter region;

  private DicomContourWriter(DicomSegWriter region) {
    this.region = region;
  }

  /**
   * Writes the region of a segmentation.
   *
   * @param region the writer of the segmentation: what the region is called, and whether it was
   *     found automatically
   * @return the writer
   */
  public static DicomContourWriter of(DicomSegWriter region) {
    return new DicomContourWriter(region);
  }

  @Override
  DicomResult result(VolumeMask mask, DicomSource source) throws ImageFormatException {
    SegmentText segment = region.segment();
    return DicomResult.of(source, mask.grid(), origin -> StructureSet.of(origin, mask, segment));
  }

  /** What is written about the region. */
  @Override
  public String toString() {
    return "DicomContourWriter[" + region + "]";
  }
}
