package io.github.brainimaging.core.io.internal.raster;

import io.github.brainimaging.core.image.MedicalImage;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;

/**
 * The samples of a decoded raster, as they are in the file: taken from the raster itself, because
 * AWT's color conversions would cut 16 bits down to 8. Palettes are looked up; depths below 8 bits
 * are stretched to 0..255; alpha is dropped, but a fully transparent pixel becomes 0.
 */
final class RasterSamples {

  private RasterSamples() {}

  static MedicalImage toImage(BufferedImage image) throws IOException {
    return image.getColorModel() instanceof IndexColorModel palette
        ? lookUp(image.getRaster(), palette)
        : copy(image.getRaster(), image.getColorModel());
  }

  private static MedicalImage copy(Raster raster, ColorModel colors) throws IOException {
    int bands = raster.getNumBands();
    int channels = colors.hasAlpha() ? bands - 1 : bands;
    if (channels != 1 && channels != 3) {
      throw new IOException("expected 1 (gray) or 3 (RGB) channels, found " + channels);
    }
    int width = raster.getWidth();
    int height = raster.getHeight();
    float[] samples = new float[width * height * channels];
    float[] row = new float[width];
    for (int c = 0; c < channels; c++) {
      int bits = raster.getSampleModel().getSampleSize(c);
      for (int y = 0; y < height; y++) {
        raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, c, row);
        if (bits < 8) {
          stretch(row, bits);
        }
        System.arraycopy(row, 0, samples, (c * height + y) * width, width);
      }
    }
    if (channels < bands) {
      clearTransparent(samples, raster);
    }
    return MedicalImage.wrap(width, height, channels, samples)
        .withNominalMaximum(nominalMaximum(raster));
  }

  private static void stretch(float[] row, int bits) {
    float maximum = (1 << bits) - 1;
    for (int x = 0; x < row.length; x++) {
      row[x] = Math.round(row[x] * 255 / maximum);
    }
  }

  private static void clearTransparent(float[] samples, Raster raster) {
    int pixels = raster.getWidth() * raster.getHeight();
    float[] alpha = new float[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(
          raster.getMinX(), raster.getMinY() + y, alpha.length, 1, raster.getNumBands() - 1, alpha);
      for (int x = 0; x < alpha.length; x++) {
        if (alpha[x] == 0) {
          for (int i = y * alpha.length + x; i < samples.length; i += pixels) {
            samples[i] = 0;
          }
        }
      }
    }
  }

  private static float nominalMaximum(Raster raster) {
    int bits = raster.getSampleModel().getSampleSize(0);
    return switch (raster.getDataBuffer().getDataType()) {
      case DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT, DataBuffer.TYPE_INT ->
          bits <= 8 ? 255 : bits <= 16 ? (1 << bits) - 1 : Float.NaN;
      default -> Float.NaN;
    };
  }

  private static MedicalImage lookUp(Raster raster, IndexColorModel palette) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int pixels = width * height;
    int[] colors = new int[palette.getMapSize()];
    palette.getRGBs(colors);
    float[] samples = new float[3 * pixels];
    int[] row = new int[width];
    boolean gray = true;
    for (int y = 0; y < height; y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        int color = colors[row[x]];
        int i = y * width + x;
        if (color >>> 24 != 0) {
          samples[i] = color >> 16 & 0xFF;
          samples[pixels + i] = color >> 8 & 0xFF;
          samples[2 * pixels + i] = color & 0xFF;
        }
        gray &= samples[i] == samples[pixels + i] && samples[i] == samples[2 * pixels + i];
      }
    }
    MedicalImage image = MedicalImage.wrap(width, height, 3, samples);
    if (gray) {
      image = MedicalImage.wrap(width, height, 1, java.util.Arrays.copyOf(samples, pixels));
    }
    return image.withNominalMaximum(255);
  }
}
