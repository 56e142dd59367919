package io.github.brainimaging.core.io.internal.dicom.result;

import java.util.List;

/** The content items of a structured report (PS3.3, C.17.3). */
final class ReportItem {

  static final String CONTAINS = "CONTAINS";
  static final String CONCEPT_MODIFIER = "HAS CONCEPT MOD";
  static final String OBSERVATION_CONTEXT = "HAS OBS CONTEXT";
  static final String ACQUISITION_CONTEXT = "HAS ACQ CONTEXT";

  private ReportItem() {}

  private static DataSetWriter item(String relationship, String type) {
    return new DataSetWriter()
        .text(Attribute.RELATIONSHIP, relationship)
        .text(Attribute.VALUE_TYPE, type);
  }

  private static DataSetWriter item(String relationship, String type, CodedConcept concept) {
    return item(relationship, type).sequence(Attribute.CONCEPT, concept.toItem());
  }

  static DataSetWriter container(CodedConcept concept, List<DataSetWriter> items) {
    return item(CONTAINS, "CONTAINER", concept)
        .text(Attribute.CONTINUITY, "SEPARATE")
        .sequence(Attribute.ITEMS, items);
  }

  static DataSetWriter code(String relationship, CodedConcept concept, CodedConcept value) {
    return item(relationship, "CODE", concept).sequence(Attribute.CODE, value.toItem());
  }

  /**
   * Where in the body it is.
   *
   * @param more such as the side; may be empty
   */
  static DataSetWriter site(CodedConcept site, List<DataSetWriter> more) {
    DataSetWriter item =
        code(CONCEPT_MODIFIER, CodedConcept.snomed("363698007", "Finding Site"), site);
    return more.isEmpty() ? item : item.sequence(Attribute.ITEMS, more);
  }

  static DataSetWriter text(String relationship, CodedConcept concept, String value) {
    return item(relationship, "TEXT", concept).text(Attribute.TEXT_VALUE, value);
  }

  static DataSetWriter uid(String relationship, CodedConcept concept, String value) {
    return item(relationship, "UIDREF", concept).text(Attribute.UID_VALUE, value);
  }

  static DataSetWriter number(CodedConcept concept, double value, CodedConcept unit) {
    return item(CONTAINS, "NUM", concept)
        .sequence(
            Attribute.MEASURED,
            new DataSetWriter()
                .decimals(Attribute.NUMBER, value)
                .sequence(Attribute.UNITS, unit.toItem()));
  }

  /** An image of a library. */
  static DataSetWriter image(DataSetWriter reference) {
    return item(CONTAINS, "IMAGE").sequence(Attribute.REFERENCED_SOPS, reference);
  }

  static DataSetWriter image(CodedConcept concept, DataSetWriter reference) {
    return item(CONTAINS, "IMAGE", concept).sequence(Attribute.REFERENCED_SOPS, reference);
  }
}
