package io.github.brainimaging.core.io.internal.dicom;

import io.github.brainimaging.core.io.internal.codec.Planes;
import io.github.brainimaging.core.io.internal.codec.jpeg.JpegCodec;
import io.github.brainimaging.core.io.internal.codec.jpeg.JpegColors;
import io.github.brainimaging.core.io.internal.codec.jpeg2000.Jpeg2000Codec;
import io.github.brainimaging.core.io.internal.codec.jpegls.JpegLsCodec;
import java.io.IOException;

/**
 * Decodes one frame of whole numbers: signs are extended, bits that do not belong to the sample
 * dropped, colors brought to RGB.
 */
final class FrameDecoder {

  private final DicomObject file;
  private final PixelDescription pixels;

  FrameDecoder(DicomObject file, PixelDescription pixels) {
    this.file = file;
    this.pixels = pixels;
  }

  int[] decode(int frame) throws IOException {
    Planes planes = new Planes(pixels.columns(), pixels.rows(), pixels.samples());
    boolean ybr = pixels.isYbr();
    int bits = pixels.stored();
    boolean signed = pixels.signed();
    int shift = 0;
    switch (file.syntax.codec()) {
      case NATIVE -> {
        boolean bigEndian = file.syntax == TransferSyntax.BIG_ENDIAN;
        byte[] value = file.pixels.fragments().get(0);
        new NativeFrame(pixels, value, bigEndian, file.pixels.words()).unpack(frame, planes);
        shift = pixels.high() + 1 - pixels.stored();
      }
      case RLE -> {
        RleFrame.decode(codestream(frame), pixels.allocated() / 8, planes);
        shift = pixels.high() + 1 - pixels.stored();
      }
      case JPEG -> {
        JpegColors colors = JpegCodec.decode(codestream(frame), planes);
        ybr = colors == JpegColors.UNKNOWN ? ybr : colors == JpegColors.YBR;
      }
      case JPEG_LS -> JpegLsCodec.decode(codestream(frame), planes);
      case JPEG_2000 -> {
        int found = Jpeg2000Codec.decode(codestream(frame), planes);
        // A signed stream has its signs; the header may tell other bits than the stream.
        bits = found < 0 ? 32 : found;
        signed &= found > 0;
      }
    }
    trim(planes.samples(), shift, bits, signed);
    if (ybr && pixels.samples() == 3) {
      YbrColors.toRgb(planes.samples(), pixels.stored());
    }
    return planes.samples();
  }

  private byte[] codestream(int frame) throws IOException {
    return file.pixels.frame(frame, pixels.frames());
  }

  private static void trim(int[] samples, int shift, int bits, boolean signed) {
    int left = 32 - bits;
    for (int i = 0; i < samples.length; i++) {
      int value = samples[i] >>> shift << left;
      samples[i] = signed ? value >> left : value >>> left;
    }
  }
}
