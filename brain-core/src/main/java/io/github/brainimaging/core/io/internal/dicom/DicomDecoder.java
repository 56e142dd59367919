package io.github.brainimaging.core.io.internal.dicom;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.internal.Decoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** A DICOM file of one frame as an image. */
public final class DicomDecoder implements Decoder {

  @Override
  public String format() {
    return "DICOM";
  }

  @Override
  public boolean recognizes(byte[] start) {
    return DicomContent.recognizes(start);
  }

  @Override
  public MedicalImage decode(byte[] file, long maximumPixels) throws IOException {
    DicomContent content = DicomContent.read(new ByteArrayInputStream(file), true);
    if (content.frames() > 1) {
      throw new IOException(
          "expected one frame, found "
              + content.frames()
              + ": read it by MedicalVolumeReader or DicomFile");
    }
    return FrameImage.of(content, 0, maximumPixels);
  }
}
