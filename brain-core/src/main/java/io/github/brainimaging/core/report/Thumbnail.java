package io.github.brainimaging.core.report;

import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.spatial.Resize;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small pictures: those inside the HTML page, and those of a sheet. */
final class Thumbnail {

  static final int LONGEST_SIDE = 256;
  private static final float JPEG_QUALITY = 0.85f;

  private Thumbnail() {}

  /**
   * For the page: at most 256 x 256, twice what is shown before it is enlarged.
   *
   * @param gray as {@link DisplayGray} gives it
   */
  static MedicalImage plain(MedicalImage gray) {
    return shrink(gray, LONGEST_SIDE).apply(gray);
  }

  /**
   * Shrunk to a longest side before lines of two pixels are drawn, that of the truth below that of
   * what was found.
   */
  static MedicalImage of(MedicalImage image, Mask truth, Mask found, int longestSide) {
    return outlined(DisplayGray.of(image), truth, found, longestSide);
  }

  /** The same of gray values as {@link DisplayGray} gives them. */
  static MedicalImage outlined(MedicalImage gray, Mask truth, Mask found, int longestSide) {
    Resize shrink = shrink(gray, longestSide);
    MedicalImage rgb = Overlay.gray(shrink.apply(gray));
    rgb = Overlay.outline(rgb, shrunk(truth, shrink), 1, Overlay.TRUTH);
    return Overlay.outline(rgb, shrunk(found, shrink), 1, Overlay.COLOR);
  }

  /** For the page: where a class is seen. */
  static MedicalImage of(MedicalImage gray, Explanation explanation) {
    Resize shrink = shrink(gray, LONGEST_SIDE);
    return Overlay.heat(Overlay.gray(shrink.apply(gray)), shrink.apply(explanation.map()));
  }

  private static Resize shrink(MedicalImage image, int longestSide) {
    double scale = Math.min(1, (double) longestSide / Math.max(image.width(), image.height()));
    return Resize.to(
        (int) Math.max(1, Math.round(image.width() * scale)),
        (int) Math.max(1, Math.round(image.height() * scale)));
  }

  /** A quarter covered is inside, so that a thin or small region does not vanish. */
  static Mask shrunk(Mask mask, Resize shrink) {
    return Mask.above(shrink.apply(mask.toImage()), 63);
  }

  /** A JPEG file of an image with one channel or three, 0 to 255. */
  static byte[] jpeg(MedicalImage image) throws IOException {
    return jpeg(image.channels() == 1 ? grayPicture(image) : picture(image));
  }

  static byte[] jpeg(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    // Not ImageIO.write, which may use a file on disk as a cache.
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(JPEG_QUALITY);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(picture, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage grayPicture(MedicalImage gray) {
    BufferedImage picture =
        new BufferedImage(gray.width(), gray.height(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] bytes = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    float[] samples = gray.samples();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(samples[i]);
    }
    return picture;
  }

  /** An image with three channels, 0 to 255, for AWT. */
  static BufferedImage picture(MedicalImage rgb) {
    int width = rgb.width();
    int pixels = width * rgb.height();
    float[] samples = rgb.samples();
    BufferedImage picture = new BufferedImage(width, rgb.height(), BufferedImage.TYPE_INT_RGB);
    int[] packed = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < pixels; i++) {
      packed[i] =
          (int) samples[i] << 16 | (int) samples[pixels + i] << 8 | (int) samples[2 * pixels + i];
    }
    return picture;
  }
}
