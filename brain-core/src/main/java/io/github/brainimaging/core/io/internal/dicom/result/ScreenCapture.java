package io.github.brainimaging.core.io.internal.dicom.result;

import io.github.brainimaging.core.image.MedicalImage;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes a Multi-frame True Color Secondary Capture (PS3.3, A.8.5) from pictures. */
public final class ScreenCapture {

  private static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.7.4";

  private ScreenCapture() {}

  /**
   * Makes the file.
   *
   * @param origin the images that the pictures show
   * @param pictures of one size, with three channels of 0 to 255
   * @param description of the series, ASCII
   * @return a part-10 file, explicit little endian; equal for equal input
   * @throws IOException if the files do not tell what must be told
   */
  public static byte[] of(Origin origin, List<MedicalImage> pictures, String description)
      throws IOException {
    MedicalImage first = pictures.get(0);
    DataSetWriter data = origin.begin(SOP_CLASS, "OT", 4, description);
    origin.first().copyLossTo(data);
    data.text(Attribute.CONVERSION, "WSD")
        .text(Attribute.CONTENT_DATE, origin.first().date())
        .text(Attribute.CONTENT_TIME, origin.first().time())
        .text(Attribute.IMAGE_TYPE, "DERIVED\\SECONDARY")
        .text(Attribute.BURNED_IN, "NO")
        .text(Attribute.PATIENT_ORIENTATION, "")
        .text(Attribute.BODY_PART, "BRAIN")
        .sequence(Attribute.SOURCE_IMAGES, origin.references())
        .uint16(Attribute.SAMPLES_PER_PIXEL, 3)
        .text(Attribute.PHOTOMETRIC, "RGB")
        .uint16(Attribute.PLANAR, 0)
        .text(Attribute.FRAMES, "" + pictures.size())
        .uint16(Attribute.ROWS, first.height())
        .uint16(Attribute.COLUMNS, first.width())
        .uint16(Attribute.BITS_ALLOCATED, 8)
        .uint16(Attribute.BITS_STORED, 8)
        .uint16(Attribute.HIGH_BIT, 7)
        .uint16(Attribute.REPRESENTATION, 0)
        .bytes(Attribute.PIXELS, pixels(pictures));
    if (pictures.size() > 1) {
      data.pointer(Attribute.FRAME_POINTER, Attribute.PAGES)
          .text(
              Attribute.PAGES,
              IntStream.rangeClosed(1, pictures.size())
                  .mapToObj(Integer::toString)
                  .collect(Collectors.joining("\\")));
    }
    return Origin.finish(data, new ContentUids(data.toBytes()));
  }

  /** Red, green and blue of a pixel, pixel after pixel. */
  private static byte[] pixels(List<MedicalImage> pictures) {
    int size = pictures.get(0).width() * pictures.get(0).height();
    byte[] pixels = new byte[Math.multiplyExact(3 * size, pictures.size())];
    for (int frame = 0; frame < pictures.size(); frame++) {
      float[] samples = pictures.get(frame).samples();
      for (int i = 0; i < size; i++) {
        for (int c = 0; c < 3; c++) {
          pixels[3 * (frame * size + i) + c] = (byte) Math.round(samples[c * size + i]);
        }
      }
    }
    return pixels;
  }
}
