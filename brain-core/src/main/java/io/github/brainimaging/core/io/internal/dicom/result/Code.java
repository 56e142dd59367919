package io.github.brainimaging.core.io.internal.dicom.result;

/**
 * A term of a coding scheme.
 *
 * @param value such as 108369006
 * @param scheme such as SCT
 * @param meaning for people
 */
public record Code(String value, String scheme, String meaning) {

  static Code dcm(String value, String meaning) {
    return new Code(value, "DCM", meaning);
  }

  static Code snomed(String value, String meaning) {
    return new Code(value, "SCT", meaning);
  }

  DataSetWriter toItem() {
    return new DataSetWriter()
        .text(Attribute.CODE_VALUE, value)
        .text(Attribute.CODE_SCHEME, scheme)
        .text(Attribute.CODE_MEANING, meaning);
  }
}
