package io.github.brainimaging.core.io.internal.dicom.result;

/**
 * A term of a coding scheme.
 *
 * @param value such as 108369006
 * @param scheme such as SCT
 * @param meaning for people
 */
public record CodedConcept(String value, String scheme, String meaning) {

  static CodedConcept dcm(String value, String meaning) {
    return new CodedConcept(value, "DCM", meaning);
  }

  static CodedConcept snomed(String value, String meaning) {
    return new CodedConcept(value, "SCT", meaning);
  }

  DataSetWriter toItem() {
    return new DataSetWriter()
        .text(Attribute.CODE_VALUE, value)
        .text(Attribute.CODE_SCHEME, scheme)
        .text(Attribute.CODE_MEANING, meaning);
  }
}
