package io.github.brainimaging.core.io.internal.raster;

import io.github.brainimaging.core.image.MedicalImage;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decoded samples on their way to an image. They are taken from the raster itself, because AWT's
 * color conversions would cut 16 bits down to 8. Belongs to one thread.
 */
final class Samples {

  private final int width;
  private final int height;
  private final int bands;

  /** Band after band, row after row. */
  private final float[] values;

  private Samples(int width, int height, int bands, float[] values) {
    this.width = width;
    this.height = height;
    this.bands = bands;
    this.values = values;
  }

  /** The samples of a raster as they are, palette indexes and alpha included. */
  static Samples of(Raster raster) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int bands = raster.getNumBands();
    float[] values = new float[width * height * bands];
    float[] row = new float[width];
    for (int i = 0; i < bands * height; i++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + i % height, width, 1, i / height, row);
      System.arraycopy(row, 0, values, i * width, width);
    }
    return new Samples(width, height, bands, values);
  }

  /**
   * The image that a decoder gave: palettes are looked up, depths below 8 bits are stretched to
   * 0..255, alpha is dropped.
   */
  static MedicalImage toImage(BufferedImage image) throws IOException {
    Raster raster = image.getRaster();
    Samples samples = of(raster);
    if (image.getColorModel() instanceof IndexColorModel palette) {
      int[] colors = new int[palette.getMapSize()];
      palette.getRGBs(colors);
      return samples.lookUp(colors);
    }
    for (int band = 0; band < samples.bands; band++) {
      samples.stretch(band, raster.getSampleModel().getSampleSize(band));
    }
    int bits = 8;
    for (int size : raster.getSampleModel().getSampleSize()) {
      bits = Math.max(bits, size);
    }
    boolean alpha = image.getColorModel().hasAlpha();
    return samples.toImage(samples.bands - (alpha ? 1 : 0), alpha, (1 << bits) - 1);
  }

  /** Samples that are in this order already. */
  static Samples of(int width, int height, int bands, float[] values) {
    return new Samples(width, height, bands, values);
  }

  /** Replaces the samples of the first band by their distance to the maximum. */
  void invert(float maximum) {
    for (int i = 0; i < width * height; i++) {
      values[i] = maximum - values[i];
    }
  }

  /** Stretches the samples of a band to 0..255 if they have less than 8 bits. */
  void stretch(int band, int bits) {
    if (bits < 8) {
      float maximum = (1 << bits) - 1;
      int pixels = width * height;
      for (int i = band * pixels; i < (band + 1) * pixels; i++) {
        values[i] = Math.round(values[i] * 255 / maximum);
      }
    }
  }

  /**
   * The first bands as an image.
   *
   * @param channels how many
   * @param alpha whether the band after them is alpha; fully transparent pixels then become 0,
   *     unless all are, which writers without a thought for alpha leave; and where all colors are
   *     black, the picture is the alpha
   */
  MedicalImage toImage(int channels, boolean alpha, float nominalMaximum) throws IOException {
    if (channels != 1 && channels != 3) {
      throw new IOException("expected 1 (gray) or 3 (RGB) channels, found " + channels);
    }
    int pixels = width * height;
    float[] colors = channels == bands ? values : Arrays.copyOf(values, channels * pixels);
    float[] opacity =
        alpha ? Arrays.copyOfRange(values, channels * pixels, (channels + 1) * pixels) : values;
    if (alpha && !isAll(opacity, 0)) {
      if (isAll(colors, 0) && !isAll(opacity, opacity[0])) {
        return MedicalImage.wrap(width, height, 1, opacity).withNominalMaximum(nominalMaximum);
      }
      for (int i = 0; i < colors.length; i++) {
        if (opacity[i % pixels] == 0) {
          colors[i] = 0;
        }
      }
    }
    return MedicalImage.wrap(width, height, channels, colors).withNominalMaximum(nominalMaximum);
  }

  private static boolean isAll(float[] values, float value) {
    for (float found : values) {
      if (found != value) {
        return false;
      }
    }
    return true;
  }

  /**
   * The image whose palette indexes these samples are: gray if all colors in use are gray.
   *
   * @param palette 0xAARRGGBB of each index; transparent entries become black, unless all in use
   *     are transparent
   */
  MedicalImage lookUp(int[] palette) {
    int[] colors = palette.clone();
    boolean opaque = false;
    for (float index : values) {
      opaque |= palette[(int) index] >>> 24 != 0;
    }
    for (int i = 0; i < colors.length; i++) {
      colors[i] = opaque && colors[i] >>> 24 == 0 ? 0 : colors[i];
    }
    boolean gray = true;
    for (float index : values) {
      int color = colors[(int) index];
      gray &= (color & 0xFFFF) == (color >> 8 & 0xFFFF);
    }
    int channels = gray ? 1 : 3;
    float[] looked = new float[channels * values.length];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < values.length; i++) {
        looked[c * values.length + i] = colors[(int) values[i]] >> (16 - 8 * c) & 0xFF;
      }
    }
    return MedicalImage.wrap(width, height, channels, looked).withNominalMaximum(255);
  }
}
