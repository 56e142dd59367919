package io.github.brainimaging.core.io.internal.dicom.result;

import io.github.brainimaging.core.image.VolumeGrid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a Segmentation object (PS3.3, A.51) of binary segments from masks and the stack on which
 * they were found.
 */
public final class SegmentationObject {

  private static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.66.4";

  private SegmentationObject() {}

  /**
   * Makes the file.
   *
   * @param origin of the size of the masks
   * @param label what all of it is called
   * @param segments one or more, on one grid
   * @return a part-10 file, explicit little endian; equal for equal input
   * @throws IOException if the files do not tell what must be told
   */
  public static byte[] of(Origin origin, String label, List<Segment> segments) throws IOException {
    DataSetWriter data = content(origin, label, segments);
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
  static ContentUids uids(Origin origin, String label, List<Segment> segments) throws IOException {
    return new ContentUids(content(origin, label, segments).toBytes());
  }

  /** The item that names it. */
  static DataSetWriter reference(ContentUids uids) {
    return new DataSetWriter()
        .text(Attribute.REFERENCED_SOP_CLASS, SOP_CLASS)
        .text(Attribute.REFERENCED_SOP_INSTANCE, uids.of("instance"));
  }

  private static DataSetWriter content(Origin origin, String label, List<Segment> segments)
      throws IOException {
    DataSetWriter data = origin.begin(SOP_CLASS, "SEG", 1, "Segmentation of " + label);
    origin.first().copyPlaceTo(data);
    origin.first().copyLossTo(data);
    data.text(Attribute.CONTENT_DATE, origin.first().date())
        .text(Attribute.CONTENT_TIME, origin.first().time())
        .sequence(Attribute.REFERENCED_SERIES, origin.referencedSeries());
    SegmentationFrames frames = new SegmentationFrames(origin, segments);
    List<DataSetWriter> items = new ArrayList<>();
    for (Segment segment : segments) {
      items.add(segment.text().toItem(items.size() + 1, segment.tracking(origin)));
    }
    addImage(data, label, segments);
    return data.sequence(Attribute.SEGMENTS, items)
        .text(Attribute.FRAMES, "" + frames.count())
        .sequence(Attribute.SHARED_GROUPS, frames.sharedGroups())
        .sequence(Attribute.FRAME_GROUPS, frames.groups())
        .bytes(Attribute.PIXELS, frames.pixels());
  }

  private static void addImage(DataSetWriter data, String label, List<Segment> segments) {
    VolumeGrid grid = segments.get(0).mask().grid();
    data.text(Attribute.IMAGE_TYPE, "DERIVED\\PRIMARY")
        .text(Attribute.CONTENT_LABEL, "SEGMENTATION")
        .text(Attribute.CONTENT_DESCRIPTION, label)
        .text(Attribute.CONTENT_CREATOR, "")
        .uint16(Attribute.SAMPLES_PER_PIXEL, 1)
        .text(Attribute.PHOTOMETRIC, "MONOCHROME2")
        .uint16(Attribute.ROWS, grid.height())
        .uint16(Attribute.COLUMNS, grid.width())
        .uint16(Attribute.BITS_ALLOCATED, 1)
        .uint16(Attribute.BITS_STORED, 1)
        .uint16(Attribute.HIGH_BIT, 0)
        .uint16(Attribute.REPRESENTATION, 0)
        .text(Attribute.SEGMENTATION_TYPE, "BINARY")
        .text(Attribute.SEGMENTS_OVERLAP, overlap(segments) ? "YES" : "NO");
  }

  private static boolean overlap(List<Segment> segments) {
    if (segments.size() < 2) {
      return false;
    }
    boolean[] taken = segments.get(0).mask().toArray();
    for (Segment segment : segments.subList(1, segments.size())) {
      boolean[] inside = segment.mask().toArray();
      for (int i = 0; i < taken.length; i++) {
        if (taken[i] && inside[i]) {
          return true;
        }
        taken[i] |= inside[i];
      }
    }
    return false;
  }
}
