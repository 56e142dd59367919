package io.github.brainimaging.core.io.internal.raster;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.internal.Bytes;
import io.github.brainimaging.core.io.internal.Decoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The first page of a TIFF 6.0 file: bilevel, gray, palette or RGB.
 *
 * <p>Only fax-compressed pages go through the JDK's TIFF reader. For others it is not exact enough:
 * it stretches 12 bits to 16, takes any fourth channel for alpha, ignores signs, cannot undo 16-bit
 * differences, and fills the missing end of a strip with zeros.
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
    List<String> warnings = new ArrayList<>();
    if (page.pages() > 1) {
      warnings.add("the file has " + page.pages() + " pages; the first was read");
    }
    warnings.addAll(ShownOrientation.warnings(page));
    return picture(page).withWarnings(warnings);
  }

  private static MedicalImage picture(TiffPage page) throws IOException {
    Samples samples =
        TiffCompression.isFax(page.compression()) ? readFax(page) : TiffSegments.read(page);
    if (page.hasPalette()) {
      return samples.lookUp(page.palette());
    }
    int bits = page.size().bits();
    float maximum = page.isUnsigned() ? (float) (Math.pow(2, bits) - 1) : Float.NaN;
    int channels = page.colorChannels();
    if (page.isWhiteZero()) {
      samples.invert(maximum);
    }
    for (int c = 0; c < channels; c++) {
      samples.stretch(c, bits);
    }
    return samples.toImage(channels, page.hasAlpha(), maximum < 255 ? 255 : maximum);
  }

  private static Samples readFax(TiffPage page) throws IOException {
    JdkReader.Decoded result = JdkReader.of("tiff").read(page.alone());
    List<String> warnings = result.warnings();
    if (!warnings.isEmpty()) {
      throw new IOException("damaged fax data: " + warnings.get(0));
    }
    return Samples.of(result.image().getRaster());
  }
}
