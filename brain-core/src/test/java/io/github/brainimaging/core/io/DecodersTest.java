package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.internal.Decoder;
import io.github.brainimaging.core.io.internal.DecoderContract;
import io.github.brainimaging.core.io.internal.dicom.DicomDecoder;
import io.github.brainimaging.core.io.internal.nifti.NiftiDecoder;
import io.github.brainimaging.core.io.internal.raster.BmpDecoder;
import io.github.brainimaging.core.io.internal.raster.JpegDecoder;
import io.github.brainimaging.core.io.internal.raster.PngDecoder;
import io.github.brainimaging.core.io.internal.raster.TiffDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Nested;

/** What the decoders of all formats promise alike. */
class DecodersTest {

  /** The decoder of a format whose example lies beside make_images.py. */
  private abstract static class OfFile extends DecoderContract {

    private final Decoder decoder;
    private final String name;
    private final String other;

    OfFile(Decoder decoder, String name, String other) {
      this.decoder = decoder;
      this.name = name;
      this.other = other;
    }

    @Override
    protected Decoder decoder() {
      return decoder;
    }

    @Override
    protected byte[] file() throws IOException {
      return Files.readAllBytes(ReferenceImages.file(name));
    }

    @Override
    protected byte[] other() throws IOException {
      return Files.readAllBytes(ReferenceImages.file(other));
    }
  }

  @Nested
  class Png extends OfFile {
    Png() {
      super(new PngDecoder(), "gray8.png", "gray.jpg");
    }
  }

  @Nested
  class Jpeg extends OfFile {
    Jpeg() {
      super(new JpegDecoder(), "gray.jpg", "gray8.png");
    }
  }

  @Nested
  class Tiff extends OfFile {
    Tiff() {
      super(new TiffDecoder(), "gray8-le.tif", "gray8.bmp");
    }
  }

  @Nested
  class Bmp extends OfFile {
    Bmp() {
      super(new BmpDecoder(), "gray8.bmp", "gray8-le.tif");
    }
  }

  @Nested
  class Dicom extends OfFile {
    Dicom() {
      super(new DicomDecoder(), "", "gray8-le.tif");
    }

    @Override
    protected byte[] file() {
      return DicomBytes.image(DicomBytes.EXPLICIT, 3, 2, 16, false).words(1, 2, 3, 4, 5, 6).file();
    }
  }

  @Nested
  class Nifti extends OfFile {
    Nifti() {
      super(new NiftiDecoder(), "", "gray8-le.tif");
    }

    /** A volume of one slice; one of more is no image. */
    @Override
    protected byte[] file() throws IOException {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      MedicalVolume slice =
          MedicalVolume.of(VolumeGrid.ofSize(3, 2, 1), new float[] {1, 2, 3, 4, 5, 6});
      NiftiWriter.withDefaults().write(slice, file);
      return file.toByteArray();
    }
  }
}
