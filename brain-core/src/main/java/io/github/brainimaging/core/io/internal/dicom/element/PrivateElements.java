package io.github.brainimaging.core.io.internal.dicom.element;

import java.util.List;
import java.util.Optional;

/**
 * Elements that vendors define. Each stands in a block that its creator has reserved (PS3.5, 7.8),
 * which archives move.
 */
public final class PrivateElements {

  /**
   * One of them.
   *
   * @param tag in the first block, where it is usually written
   * @param creator who defines it
   */
  private record Known(int tag, String creator) {}

  /** What tells volumes of one series apart. */
  private static final List<Known> LABELS =
      List.of(
          new Known(Tag.SIEMENS_B_VALUE, "SIEMENS MR HEADER"),
          new Known(Tag.SIEMENS_DIRECTION, "SIEMENS MR HEADER"),
          new Known(Tag.GE_DIRECTION, "GEMS_ACQU_01"),
          new Known(Tag.GE_DIRECTION + 1, "GEMS_ACQU_01"),
          new Known(Tag.GE_DIRECTION + 2, "GEMS_ACQU_01"),
          new Known(Tag.GE_B_VALUE, "GEMS_PARM_01"),
          new Known(Tag.GE_COMPONENT, "GEMS_PARM_01"),
          new Known(Tag.PHILIPS_B_VALUE, "Philips Imaging DD 001"),
          new Known(Tag.PHILIPS_DIRECTION, "Philips MR Imaging DD 001"),
          new Known(Tag.PHILIPS_DIRECTION + 1, "Philips MR Imaging DD 001"),
          new Known(Tag.PHILIPS_DIRECTION + 2, "Philips MR Imaging DD 001"),
          new Known(Tag.GRADIENT_NUMBER, "Philips MR Imaging DD 005"),
          new Known(Tag.PHILIPS_LABEL, "Philips MR Imaging DD 005"),
          new Known(Tag.UIH_TILES, "Image Private Header"));

  private PrivateElements() {}

  /** Whether a tag stands in any block where one that is known may stand, or names its creator. */
  static boolean isWanted(int tag) {
    int group = tag >>> 16;
    int element = tag & 0xFFFF;
    if ((group & 1) == 0 || element < 0x10) {
      return false;
    }
    return LABELS.stream()
        .anyMatch(
            known ->
                known.tag >>> 16 == group
                    && (element <= 0xFF
                        || (element >= 0x1000 && (element & 0xFF) == (known.tag & 0xFF))));
  }

  /** Puts what stands in another block where it is usually written. */
  public static void settle(DataSet data) {
    for (Known known : LABELS) {
      find(data, known.creator, known.tag >>> 16, known.tag & 0xFF)
          .ifPresent(value -> data.put(known.tag, value));
    }
  }

  /** The items of each slice of a grid of United Imaging. */
  public static List<DataSet> unitedImagingFrames(DataSet data) {
    for (int block = 0x10; block <= 0xFF; block++) {
      List<DataSet> items = data.items((Tag.UIH_FRAMES & 0xFFFF00FF) | block << 8);
      if (!items.isEmpty()) {
        return items;
      }
    }
    return List.of();
  }

  /** An element of the block that the creator has reserved. */
  static Optional<byte[]> find(DataSet data, String creator, int group, int element) {
    for (int block = 0x10; block <= 0xFF; block++) {
      int owner = group << 16 | block;
      if (data.has(owner) && data.text(owner).equals(creator)) {
        Optional<byte[]> value = data.bytes(group << 16 | block << 8 | element);
        if (value.isPresent() && value.get().length > 0) {
          return value;
        }
      }
    }
    return Optional.empty();
  }
}
