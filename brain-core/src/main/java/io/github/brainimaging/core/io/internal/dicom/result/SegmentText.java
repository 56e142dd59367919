package io.github.brainimaging.core.io.internal.dicom.result;

import io.github.brainimaging.core.image.VolumeMask;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How a segment is called.
 *
 * @param label for people
 * @param category what kind of thing it is, coded
 * @param type what it is, coded
 * @param site where in the body it is, coded; empty if the type says so
 * @param algorithmType AUTOMATIC or SEMIAUTOMATIC
 * @param algorithmName what found it
 */
public record SegmentText(
    String label,
    CodedConcept category,
    CodedConcept type,
    Optional<CodedConcept> site,
    String algorithmType,
    String algorithmName) {

  /**
   * CIELab of D50 as PS3.3 C.10.7.1.1 scales it, of sRGB 255, 45, 120, the pink of our overlays,
   * then 0, 170, 255, then 255, 200, 0, then 60, 200, 90, then 160, 90, 255, then 255, 120, 30.
   */
  private static final int[][] COLORS = {
    {37576, 53003, 36236},
    {43026, 29310, 19218},
    {54909, 35517, 54525},
    {46907, 18552, 43960},
    {34853, 46662, 14231},
    {43490, 45597, 50427}
  };

  /** A UID by which a report and a segmentation of one mask are known to speak of one thing. */
  String tracking(Origin origin, VolumeMask mask) {
    byte[] name =
        (origin.first().text(Attribute.SERIES_INSTANCE) + "/" + label)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] content = new byte[name.length + mask.grid().voxels()];
    System.arraycopy(name, 0, content, 0, name.length);
    boolean[] inside = mask.toArray();
    for (int i = 0; i < inside.length; i++) {
      content[name.length + i] = (byte) (inside[i] ? 1 : 0);
    }
    return new ContentUids(content).of("tracking");
  }

  /**
   * The item of the segment.
   *
   * @param number its place in the file, from 1
   */
  DataSetWriter toItem(int number, String tracking) {
    DataSetWriter item =
        new DataSetWriter()
            .uint16(Attribute.SEGMENT_NUMBER, number)
            .text(Attribute.SEGMENT_LABEL, label)
            .text(Attribute.SEGMENT_ALGORITHM_TYPE, algorithmType)
            .text(Attribute.SEGMENT_ALGORITHM_NAME, algorithmName)
            .sequence(Attribute.SEGMENT_CATEGORY, category.toItem())
            .sequence(Attribute.SEGMENT_TYPE, type.toItem())
            .uint16(Attribute.DISPLAY_COLOR, COLORS[(number - 1) % COLORS.length])
            .text(Attribute.TRACKING_ID, label)
            .text(Attribute.TRACKING_UID, tracking);
    site.ifPresent(code -> item.sequence(Attribute.ANATOMIC_REGION, code.toItem()));
    return item;
  }
}
