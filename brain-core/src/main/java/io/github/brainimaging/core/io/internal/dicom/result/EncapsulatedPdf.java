package io.github.brainimaging.core.io.internal.dicom.result;

import java.io.IOException;

/** Makes an Encapsulated PDF object (PS3.3, A.45.1) of a report about images. */
public final class EncapsulatedPdf {

  private static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.104.1";

  private EncapsulatedPdf() {}

  /**
   * Makes the file.
   *
   * @param origin the images that the report is about
   * @param pdf the report
   * @param title of the document, ASCII
   * @return a part-10 file, explicit little endian; equal for equal input
   * @throws IOException if the files do not tell what must be told
   */
  public static byte[] of(Origin origin, byte[] pdf, String title) throws IOException {
    DataSetWriter data = origin.begin(SOP_CLASS, "DOC", 6, title);
    data.text(Attribute.CONVERSION, "WSD")
        .text(Attribute.CONTENT_DATE, origin.first().date())
        .text(Attribute.CONTENT_TIME, origin.first().time())
        .text(Attribute.ACQUISITION_DATE_TIME, "")
        // Names of files and folders stand in it, and archives name folders after patients.
        .text(Attribute.BURNED_IN, "YES")
        .text(Attribute.DOCUMENT_TITLE, title)
        .sequence(
            Attribute.CONCEPT, CodedConcept.dcm("126000", "Imaging Measurement Report").toItem())
        .text(Attribute.DOCUMENT_TYPE, "application/pdf")
        .sequence(Attribute.SOURCE_INSTANCES, origin.references())
        .uint32(Attribute.DOCUMENT_LENGTH, pdf.length)
        .bytes(Attribute.DOCUMENT, pdf);
    return Origin.finish(data, new ContentUids(data.toBytes()));
  }
}
