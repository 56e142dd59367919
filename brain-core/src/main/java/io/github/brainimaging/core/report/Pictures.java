package io.github.brainimaging.core.report;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.spatial.Resize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws the pictures of a report and writes them as PNG or JPEG. */
final class Pictures {

  /** The outline's color, far from every gray. */
  static final int OUTLINE = 0xFF2D78;

  /** Longest side of the pictures inside the HTML page. */
  private static final int THUMBNAIL = 128;

  /**
   * The outline is one pixel wide, and one more for every so many of the overlay's longest side.
   */
  private static final int PIXELS_PER_LINE_WIDTH = 400;

  private static final float JPEG_QUALITY = 0.85f;

  private Pictures() {}

  /** The mask in gray, 0 and 255. */
  static BufferedImage mask(Mask mask) {
    BufferedImage picture =
        new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        picture.getRaster().setSample(x, y, 0, mask.get(x, y) ? 255 : 0);
      }
    }
    return picture;
  }

  /** The image in gray with the mask outlined, in the image's size. */
  static BufferedImage overlay(MedicalImage image, Optional<Mask> mask) {
    int extra = Math.max(image.width(), image.height()) / PIXELS_PER_LINE_WIDTH;
    return draw(DisplayGray.of(image), mask, extra);
  }

  /**
   * The overlay, at most 128 pixels wide and high; the outline, two pixels wide, is drawn after
   * shrinking.
   */
  static BufferedImage thumbnail(MedicalImage image, Optional<Mask> mask) {
    double scale = Math.min(1, (double) THUMBNAIL / Math.max(image.width(), image.height()));
    Resize shrink =
        Resize.to(
            (int) Math.max(1, Math.round(image.width() * scale)),
            (int) Math.max(1, Math.round(image.height() * scale)));
    // A quarter covered is inside, so that a thin or small region does not vanish.
    return draw(
        shrink.apply(DisplayGray.of(image)),
        mask.map(m -> Mask.above(shrink.apply(m.toImage()), 63)),
        1);
  }

  private static BufferedImage draw(MedicalImage gray, Optional<Mask> mask, int extra) {
    int width = gray.width();
    int height = gray.height();
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(x, y, Math.round(gray.get(x, y)) * 0x010101);
      }
    }
    mask.ifPresent(m -> outline(picture, m, extra));
    return picture;
  }

  /** Colors the mask's border, and extra pixels outwards, away from what is to be seen. */
  private static void outline(BufferedImage picture, Mask mask, int extra) {
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (isBorder(mask, x, y)) {
          picture.setRGB(x, y, OUTLINE);
          colorOutside(picture, mask, x, y, extra);
        }
      }
    }
  }

  private static boolean isBorder(Mask mask, int x, int y) {
    return mask.get(x, y)
        && !(x > 0
            && x < mask.width() - 1
            && y > 0
            && y < mask.height() - 1
            && mask.get(x - 1, y)
            && mask.get(x + 1, y)
            && mask.get(x, y - 1)
            && mask.get(x, y + 1));
  }

  private static void colorOutside(BufferedImage picture, Mask mask, int x, int y, int extra) {
    for (int v = Math.max(0, y - extra); v <= Math.min(mask.height() - 1, y + extra); v++) {
      for (int u = Math.max(0, x - extra); u <= Math.min(mask.width() - 1, x + extra); u++) {
        if (!mask.get(u, v)) {
          picture.setRGB(u, v, OUTLINE);
        }
      }
    }
  }

  static void writePng(BufferedImage picture, OutputStream out) throws IOException {
    write(picture, "png", out);
  }

  static void writeJpeg(BufferedImage picture, OutputStream out) throws IOException {
    write(picture, "jpeg", out);
  }

  /** Without ImageIO.write, which may use a file on disk as a cache. */
  private static void write(BufferedImage picture, String format, OutputStream out)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (format.equals("jpeg")) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(JPEG_QUALITY);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(picture, null, null), parameters);
    } finally {
      writer.dispose();
    }
  }
}
