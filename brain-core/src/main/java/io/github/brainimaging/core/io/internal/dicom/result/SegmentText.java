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

  /** The pink of our overlays, sRGB 255, 45, 120: CIELab of D50 as PS3.3 C.10.7.1.1 scales it. */
  private static final int[] COLOR = {37576, 53003, 36236};

  /** A file has one segment. */
  static final int NUMBER = 1;

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

  DataSetWriter toItem(String tracking) {
    DataSetWriter item =
        new DataSetWriter()
            .uint16(Attribute.SEGMENT_NUMBER, NUMBER)
            .text(Attribute.SEGMENT_LABEL, label)
            .text(Attribute.SEGMENT_ALGORITHM_TYPE, algorithmType)
            .text(Attribute.SEGMENT_ALGORITHM_NAME, algorithmName)
            .sequence(Attribute.SEGMENT_CATEGORY, category.toItem())
            .sequence(Attribute.SEGMENT_TYPE, type.toItem())
            .uint16(Attribute.DISPLAY_COLOR, COLOR)
            .text(Attribute.TRACKING_ID, label)
            .text(Attribute.TRACKING_UID, tracking);
    site.ifPresent(code -> item.sequence(Attribute.ANATOMIC_REGION, code.toItem()));
    return item;
  }
}
