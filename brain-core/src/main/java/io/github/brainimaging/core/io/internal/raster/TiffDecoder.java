package io.github.brainimaging.core.io.internal.raster;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.internal.Bytes;
import io.github.brainimaging.core.io.internal.Decoder;
import java.io.IOException;

/** The first page of a TIFF 6.0 file: bilevel, gray, palette or RGB. */
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
    page.requireSupported(maximumPixels);
    return RasterSamples.toImage(JdkReader.of("tiff").read(page.alone()).image());
  }
}
