package io.github.brainimaging.core.io.internal.dicom;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Heap;
import io.github.brainimaging.core.io.internal.dicom.pixel.Palette;
import io.github.brainimaging.core.io.internal.dicom.pixel.PixelDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A frame as an image, with what its header tells. */
public final class FrameImage {

  private FrameImage() {}

  /**
   * The one frame of a file, or one of several, as an image.
   *
   * @param content the file, with its pixels
   * @param frame 0 to frames - 1
   * @param maximumPixels largest width x height of a stored frame
   * @return the image; what of its header is damaged, though the picture can be read without, is in
   *     the warnings
   * @throws IOException if the pixel data is damaged, cut off or not supported
   */
  public static MedicalImage of(DicomContent content, int frame, long maximumPixels)
      throws IOException {
    Heap.requireForAnalysis(
        content.width() + " x " + content.height() + " pixels",
        (long) content.width() * content.height(),
        content.channels());
    float[] samples = content.samples(List.of(frame), maximumPixels).get(0);
    MedicalImage image =
        MedicalImage.wrap(content.width(), content.height(), content.channels(), samples)
            .withSpacing(content.spacing(frame))
            .withModality(content.modality())
            .withWarnings(warnings(content, frame))
            .withFacts(ScanTags.of(content, frame))
            .withNominalMaximum(nominalMaximum(content, frame));
    return DisplayTags.withWindow(image, content, frame);
  }

  private static List<String> warnings(DicomContent content, int frame) throws IOException {
    List<String> warnings = new ArrayList<>(HeaderDoubts.of(content, frame));
    warnings.addAll(content.notes());
    return warnings;
  }

  private static float nominalMaximum(DicomContent content, int frame) throws IOException {
    PixelDescription pixels = content.pixels();
    if (pixels.isPalette()) {
      return Palette.of(content.data()).nominalMaximum();
    }
    boolean plain = !content.isSigned() && content.scale(frame).isIdentity();
    return plain ? (float) (Math.pow(2, pixels.stored()) - 1) : Float.NaN;
  }
}
