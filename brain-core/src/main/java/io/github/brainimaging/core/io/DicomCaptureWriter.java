package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.internal.dicom.result.ScreenCapture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes pictures of DICOM images, such as overlays, as a DICOM secondary capture, which every
 * viewer shows: Multi-frame True Color (SOP class 1.2.840.10008.5.1.4.1.1.7.4), 8 bits, RGB.
 *
 * <p>The pictures are for the eye, without place or measure. They are told to hold no text that
 * names a patient. Patient, UIDs and dates follow the rules of {@link DicomSegWriter}; the series
 * number is 4000 and that of the source.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class DicomCaptureWriter {

  private final String description;

  private DicomCaptureWriter(String description) {
    this.description = description;
  }

  /**
   * Writes pictures.
   *
   * @param description of the series, 1 to 64 printable ASCII characters without backslash
   * @return the writer
   * @throws IllegalArgumentException if the description is something else
   */
  public static DicomCaptureWriter of(String description) {
    return new DicomCaptureWriter(DicomResult.requireText("description", description));
  }

  /**
   * Writes the pictures, whole or not at all. Folders are created as needed; a file that is there
   * is replaced.
   *
   * @param pictures one or more of one size, with three channels of 0 to 255, such as {@link
   *     io.github.brainimaging.core.report.Overlay} draws
   * @param source the images that they show, of one volume
   * @param file the file to write
   * @throws IllegalArgumentException if there are no pictures, one is of another size or kind, the
   *     source has several volumes, or the file is one of the source's own
   * @throws ImageFormatException if the source is damaged or has changed, its slices tell no place
   *     or spacing, or it lacks its study, series, instance or frame of reference UID
   * @throws IOException if the source cannot be read or writing fails
   */
  public void write(List<MedicalImage> pictures, DicomSource source, Path file) throws IOException {
    result(pictures, source).write(file);
  }

  /**
   * Writes the pictures to a stream, as {@link #write(List, DicomSource, Path)} does to a file.
   *
   * @param pictures one or more of one size, with three channels of 0 to 255
   * @param source the images that they show, of one volume
   * @param out where to; not closed
   * @throws IllegalArgumentException if there are no pictures, one is of another size or kind, or
   *     the source has several volumes
   * @throws ImageFormatException as for a file
   * @throws IOException if the source cannot be read or writing fails
   */
  public void write(List<MedicalImage> pictures, DicomSource source, OutputStream out)
      throws IOException {
    result(pictures, source).write(out);
  }

  private DicomResult result(List<MedicalImage> pictures, DicomSource source)
      throws ImageFormatException {
    Arguments.require(!pictures.isEmpty(), "pictures must be one or more, got %s", pictures);
    MedicalImage first = pictures.get(0);
    for (MedicalImage picture : pictures) {
      Arguments.require(
          picture.channels() == 3
              && picture.nominalMaximum() == 255
              && picture.width() == first.width()
              && picture.height() == first.height(),
          "pictures must have three channels of 0 to 255 and one size, got %s",
          picture);
    }
    return DicomResult.of(
        source,
        DicomResult.stack(source).grid(),
        origin -> ScreenCapture.of(origin, pictures, description));
  }

  /** The description. */
  @Override
  public String toString() {
    return "DicomCaptureWriter[" + description + "]";
  }
}
