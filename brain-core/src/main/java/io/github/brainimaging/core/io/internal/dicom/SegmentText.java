package io.github.brainimaging.core.io.internal.dicom;

/**
 * How a segment is called.
 *
 * @param label for people
 * @param category what kind of thing it is, coded
 * @param type what it is, coded
 * @param algorithmType AUTOMATIC or SEMIAUTOMATIC
 * @param algorithmName what found it
 */
public record SegmentText(
    String label, Code category, Code type, String algorithmType, String algorithmName) {

  /** A file has one segment. */
  static final int NUMBER = 1;

  /**
   * A term of a coding scheme.
   *
   * @param value such as 108369006
   * @param scheme such as SCT
   * @param meaning for people
   */
  public record Code(String value, String scheme, String meaning) {

    DataSetWriter toItem() {
      return new DataSetWriter()
          .text(Attribute.CODE_VALUE, value)
          .text(Attribute.CODE_SCHEME, scheme)
          .text(Attribute.CODE_MEANING, meaning);
    }
  }

  DataSetWriter toItem() {
    return new DataSetWriter()
        .uint16(Attribute.SEGMENT_NUMBER, NUMBER)
        .text(Attribute.SEGMENT_LABEL, label)
        .text(Attribute.SEGMENT_ALGORITHM_TYPE, algorithmType)
        .text(Attribute.SEGMENT_ALGORITHM_NAME, algorithmName)
        .sequence(Attribute.SEGMENT_CATEGORY, category.toItem())
        .sequence(Attribute.SEGMENT_TYPE, type.toItem());
  }
}
