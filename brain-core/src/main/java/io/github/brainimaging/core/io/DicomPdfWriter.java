package io.github.brainimaging.core.io;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.internal.dicom.result.EncapsulatedPdf;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes a report that is a PDF file, such as {@link io.github.brainimaging.core.report.PdfReport}
 * makes, as a DICOM document that archives keep with the images: Encapsulated PDF (SOP class
 * 1.2.840.10008.5.1.4.1.1.104.1).
 *
 * <p>The PDF goes in as it is, its length is told, and every source file is referenced. It is told
 * to name the patient, since names of files may do so. Patient, UIDs and dates follow the rules of
 * {@link DicomSegWriter}; the series number is 6000 and that of the source.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class DicomPdfWriter {

  private static final byte[] START = "%PDF-".getBytes(StandardCharsets.US_ASCII);

  private final String title;

  private DicomPdfWriter(String title) {
    this.title = title;
  }

  /**
   * Writes documents.
   *
   * @param title of document and series, 1 to 64 printable ASCII characters without backslash
   * @return the writer
   * @throws IllegalArgumentException if the title is something else
   */
  public static DicomPdfWriter of(String title) {
    return new DicomPdfWriter(DicomResult.requireText("title", title));
  }

  /**
   * Writes a document, whole or not at all. Folders are created as needed; a file that is there is
   * replaced.
   *
   * @param pdf a PDF file
   * @param source the images that it is about, of one volume
   * @param file the file to write
   * @throws IllegalArgumentException if the bytes do not begin like a PDF file, the source has
   *     several volumes, or the file is one of the source's own
   * @throws ImageFormatException if the source is damaged or has changed, its slices tell no place
   *     or spacing, or it lacks its study, series, instance or frame of reference UID
   * @throws IOException if the source cannot be read or writing fails
   */
  public void write(byte[] pdf, DicomSource source, Path file) throws IOException {
    result(pdf, source).write(file);
  }

  /**
   * Writes a document to a stream, as {@link #write(byte[], DicomSource, Path)} does to a file.
   *
   * @param pdf a PDF file
   * @param source the images that it is about, of one volume
   * @param out where to; not closed
   * @throws IllegalArgumentException if the bytes do not begin like a PDF file, or the source has
   *     several volumes
   * @throws ImageFormatException as for a file
   * @throws IOException if the source cannot be read or writing fails
   */
  public void write(byte[] pdf, DicomSource source, OutputStream out) throws IOException {
    result(pdf, source).write(out);
  }

  private DicomResult result(byte[] pdf, DicomSource source) throws ImageFormatException {
    boolean begins =
        pdf.length > START.length && Arrays.equals(pdf, 0, START.length, START, 0, START.length);
    Arguments.require(
        begins, "pdf must be a PDF file, which begins with %%PDF-, got %s bytes", pdf.length);
    return DicomResult.of(
        source, DicomResult.stack(source).grid(), origin -> EncapsulatedPdf.of(origin, pdf, title));
  }

  /** The title. */
  @Override
  public String toString() {
    return "DicomPdfWriter[" + title + "]";
  }
}
