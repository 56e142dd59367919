package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.io.internal.dicom.DicomContent;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The technical facts of a DICOM image, and nothing else: no name, number, date, description or UID
 * of a patient, a study or a device. It may be logged and put into reports.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param transferSyntax UID of the transfer syntax
 * @param modality code such as CT or MR; empty if it is not told
 * @param width columns of a frame
 * @param height rows of a frame
 * @param frames number of frames; of a Siemens mosaic, its tiles
 * @param channels channels after decoding, 1 or 3
 * @param photometric photometric interpretation, such as MONOCHROME2
 * @param bits bits of a stored sample
 * @param signed whether stored samples are signed or floating-point
 * @param spacing distance between pixels
 * @param sliceThicknessMm thickness of a slice in mm, NaN if it is not told
 * @param gantryTiltDegrees tilt of the gantry as the scanner wrote it, 0 if it wrote none
 * @param padding the sample that stands for no measurement, as the file tells it; where samples
 *     have no scale of their own, {@link DicomFile} makes it 0
 */
public record DicomSummary(
    String transferSyntax,
    String modality,
    int width,
    int height,
    int frames,
    int channels,
    String photometric,
    int bits,
    boolean signed,
    Spacing spacing,
    double sliceThicknessMm,
    double gantryTiltDegrees,
    OptionalDouble padding) {

  static DicomSummary of(DicomContent content) throws IOException {
    return new DicomSummary(
        content.syntax().uid(),
        content.modalityCode(),
        content.width(),
        content.height(),
        content.frames(),
        content.channels(),
        content.photometric(),
        content.bits(),
        content.isSigned(),
        content.spacing(0),
        content.sliceThickness(),
        content.gantryTilt(),
        content.padding());
  }

  /** One line, such as {@code CT 512 x 512 x 1, 16 bits signed MONOCHROME2, 0.49 x 0.49 mm}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %d x %d x %d, %d bits%s %s, %s, transfer syntax %s",
        modality.isEmpty() ? "unknown modality" : modality,
        width,
        height,
        frames,
        bits,
        signed ? " signed" : "",
        photometric,
        spacing.isKnown()
            ? String.format(Locale.ROOT, "%.3g x %.3g mm", spacing.x(), spacing.y())
            : "unknown spacing",
        transferSyntax);
  }
}
