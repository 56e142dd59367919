package io.github.brainimaging.core.io.internal.raster;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.internal.Bytes;
import io.github.brainimaging.core.io.internal.Decoder;
import java.io.IOException;

/**
 * The first page of a TIFF 6.0 file: bilevel, gray, palette or RGB.
 *
 * <p>The JDK unpacks the strips or tiles. What the samples mean is decided here: the JDK's reader
 * stretches 12 bits to 16, takes any fourth channel for alpha, ignores signs and rounds palettes in
 * its own way.
 */
public final class TiffDecoder implements Decoder {

  @Override
  public String format() {
    return "TIFF";
  }

  @Override
  public boolean recognizes(byte[] start) {
    return Bytes.match(start, 0, 'I', 'I', 42, 0) || Bytes.match(start, 0, 'M', 'M', 0, 42);
  }

  @Override
  public MedicalImage decode(byte[] file, long maximumPixels) throws IOException {
    TiffPage page = TiffPage.of(file);
    TiffChecks.requireSupported(page, maximumPixels);
    Samples samples = Samples.of(JdkReader.of("tiff").read(page.alone()).image().getRaster());
    if (page.hasDifferences()) {
      sum(samples.values(), page.size(), page.segment());
    }
    if (page.hasPalette()) {
      return samples.lookUp(page.palette());
    }
    float maximum = page.isUnsigned() ? (float) (Math.pow(2, page.size().bits()) - 1) : Float.NaN;
    int channels = page.colorChannels();
    interpret(
        samples.values(),
        samples.values().length / page.size().channels() * channels,
        page,
        maximum);
    for (int c = 0; c < channels; c++) {
      samples.stretch(c, page.size().bits());
    }
    return samples.toImage(channels, page.hasAlpha(), maximum < 255 ? 255 : maximum);
  }

  /**
   * Undoes horizontal differencing (TIFF 6.0 section 14) of 16-bit samples, which the JDK does not.
   */
  private static void sum(float[] values, RasterSize size, RasterSize segment) {
    int width = (int) size.width();
    for (int row = 0; row < values.length; row += width) {
      for (int x = 1; x < width; x++) {
        if (x % segment.width() != 0) {
          values[row + x] = ((int) values[row + x] + (int) values[row + x - 1]) & 0xFFFF;
        }
      }
    }
  }

  private static void interpret(float[] values, int count, TiffPage page, float maximum)
      throws IOException {
    int bits = page.size().bits();
    boolean signedByte = bits == 8 && page.isSigned();
    boolean unsignedInt = bits == 32 && page.isUnsigned();
    boolean stretched = bits > 8 && bits < 16;
    boolean inverted = page.isWhiteZero();
    for (int i = 0; i < count; i++) {
      float value = values[i];
      if (stretched) {
        value = Math.round(value * maximum / 65535);
      } else if (signedByte && value > 127) {
        value -= 256;
      } else if (unsignedInt && value < 0) {
        value += 0x1p32f;
      }
      values[i] = inverted ? maximum - value : value;
    }
  }
}
