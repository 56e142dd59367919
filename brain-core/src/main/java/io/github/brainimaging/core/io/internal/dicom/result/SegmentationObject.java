package io.github.brainimaging.core.io.internal.dicom.result;

import io.github.brainimaging.core.image.VolumeMask;
import java.io.IOException;

/**
 * Makes a Segmentation object (PS3.3, A.51) of one binary segment from a mask and the stack on
 * which it was found.
 */
public final class SegmentationObject {

  private static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.66.4";

  private SegmentationObject() {}

  /**
   * Makes the file.
   *
   * @param origin of the size of the mask
   * @param mask the mask
   * @param segment how the segment is called
   * @return a part-10 file, explicit little endian; equal for equal input
   * @throws IOException if the files do not tell what must be told
   */
  public static byte[] of(Origin origin, VolumeMask mask, SegmentText segment) throws IOException {
    DataSetWriter data = content(origin, mask, segment);
    ContentUids uids = new ContentUids(data.toBytes());
    String organization = uids.of("dimension organization");
    StackFrames.addDimensions(
        data,
        organization,
        StackFrames.dimension(
            organization,
            Attribute.REFERENCED_SEGMENT,
            Attribute.SEGMENT_IDENTIFICATION,
            "Segment"),
        StackFrames.position(organization));
    return Origin.finish(data, uids);
  }

  /** The UIDs that {@link #of} gives. */
  static ContentUids uids(Origin origin, VolumeMask mask, SegmentText segment) throws IOException {
    return new ContentUids(content(origin, mask, segment).toBytes());
  }

  /** The item that names it. */
  static DataSetWriter reference(ContentUids uids) {
    return new DataSetWriter()
        .text(Attribute.REFERENCED_SOP_CLASS, SOP_CLASS)
        .text(Attribute.REFERENCED_SOP_INSTANCE, uids.of("instance"));
  }

  private static DataSetWriter content(Origin origin, VolumeMask mask, SegmentText segment)
      throws IOException {
    DataSetWriter data = origin.begin(SOP_CLASS, "SEG", 1, "Segmentation of " + segment.label());
    origin.first().copyPlaceTo(data);
    origin.first().copyLossTo(data);
    data.text(Attribute.CONTENT_DATE, origin.first().date())
        .text(Attribute.CONTENT_TIME, origin.first().time())
        .sequence(Attribute.REFERENCED_SERIES, origin.referencedSeries());
    SegmentationFrames frames = new SegmentationFrames(origin, mask);
    addImage(data, segment, mask, segment.tracking(origin, mask));
    return data.text(Attribute.FRAMES, "" + frames.count())
        .sequence(Attribute.SHARED_GROUPS, frames.sharedGroups())
        .sequence(Attribute.FRAME_GROUPS, frames.groups())
        .bytes(Attribute.PIXELS, frames.pixels());
  }

  private static void addImage(
      DataSetWriter data, SegmentText segment, VolumeMask mask, String tracking) {
    data.text(Attribute.IMAGE_TYPE, "DERIVED\\PRIMARY")
        .text(Attribute.CONTENT_LABEL, "SEGMENTATION")
        .text(Attribute.CONTENT_DESCRIPTION, segment.label())
        .text(Attribute.CONTENT_CREATOR, "")
        .uint16(Attribute.SAMPLES_PER_PIXEL, 1)
        .text(Attribute.PHOTOMETRIC, "MONOCHROME2")
        .uint16(Attribute.ROWS, mask.grid().height())
        .uint16(Attribute.COLUMNS, mask.grid().width())
        .uint16(Attribute.BITS_ALLOCATED, 1)
        .uint16(Attribute.BITS_STORED, 1)
        .uint16(Attribute.HIGH_BIT, 0)
        .uint16(Attribute.REPRESENTATION, 0)
        .text(Attribute.SEGMENTATION_TYPE, "BINARY")
        .text(Attribute.SEGMENTS_OVERLAP, "NO")
        .sequence(Attribute.SEGMENTS, segment.toItem(tracking));
  }
}
