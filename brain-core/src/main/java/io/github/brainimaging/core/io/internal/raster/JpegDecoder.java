package io.github.brainimaging.core.io.internal.raster;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.internal.Bytes;
import io.github.brainimaging.core.io.internal.Decoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;

/** Baseline and progressive JPEG of 8 bits (ITU-T T.81), gray or RGB. */
public final class JpegDecoder implements Decoder {

  @Override
  public String format() {
    return "JPEG";
  }

  @Override
  public boolean recognizes(byte[] start) {
    return Bytes.match(start, 0, 0xFF, 0xD8, 0xFF);
  }

  @Override
  public MedicalImage decode(byte[] file, long maximumPixels) throws IOException {
    JpegHeader header = JpegHeader.of(file);
    header.requireSupported();
    RasterSize size = header.size();
    size.requireWithin(maximumPixels);
    // Each 8 x 8 block has at least one bit for its mean.
    size.requireData((size.width() + 7) / 8 * ((size.height() + 7) / 8) / 8, header.dataLength());
    return Samples.toImage(pixels(header)).withWarnings(ShownOrientation.warnings(header.exif()));
  }

  /** Decodes a stream whose header has been checked. */
  static BufferedImage pixels(JpegHeader header) throws IOException {
    JdkReader.Decoded result = JdkReader.of("jpeg").read(header.withoutMetadata());
    requireWhole(result.warnings());
    return result.image();
  }

  /** The decoder fills what is missing with gray and only warns. */
  private static void requireWhole(List<String> warnings) throws IOException {
    for (String warning : warnings) {
      boolean harmless = warning.contains("extraneous bytes before marker");
      if (!harmless) {
        throw new IOException("damaged or cut off: " + warning);
      }
    }
  }
}
