package io.github.brainimaging.core.io.internal.dicom.pixel;

import io.github.brainimaging.core.io.internal.codec.Planes;
import io.github.brainimaging.core.io.internal.codec.jpeg.JpegCodec;
import io.github.brainimaging.core.io.internal.codec.jpeg.JpegColors;
import io.github.brainimaging.core.io.internal.codec.jpeg2000.Jpeg2000Codec;
import io.github.brainimaging.core.io.internal.codec.jpegls.JpegLsCodec;
import io.github.brainimaging.core.io.internal.dicom.element.DicomObject;
import io.github.brainimaging.core.io.internal.dicom.element.PixelData;
import io.github.brainimaging.core.io.internal.dicom.element.Tag;
import io.github.brainimaging.core.io.internal.dicom.element.TransferSyntax;
import io.github.brainimaging.core.io.internal.dicom.element.TransferSyntax.Codec;
import java.io.IOException;

/**
 * Decodes one frame of whole numbers: signs are extended, bits that do not belong to the sample
 * dropped, colors brought to RGB.
 */
public final class FrameDecoder {

  private final DicomObject file;
  private final PixelDescription pixels;

  /** The first fragment of each frame; empty of plain data. */
  private final int[] starts;

  public FrameDecoder(DicomObject file, PixelDescription pixels) throws IOException {
    this.file = file;
    this.pixels = pixels;
    long[] extended = file.data.uint64s(Tag.EXTENDED_OFFSETS);
    this.starts =
        file.pixels.encapsulated() ? file.pixels.starts(pixels.frames(), extended) : new int[0];
  }

  public int[] decode(int frame) throws IOException {
    Planes planes = new Planes(pixels.columns(), pixels.rows(), pixels.samples());
    boolean ybr = pixels.isYbr();
    int bits = pixels.stored();
    boolean signed = pixels.signed();
    int shift = 0;
    boolean lossy = false;
    byte[] stream = codestream(frame);
    switch (codec(stream)) {
      case NATIVE -> {
        boolean bigEndian = file.syntax == TransferSyntax.BIG_ENDIAN;
        new NativeFrame(pixels, stream, bigEndian, file.pixels.words()).unpack(frame, planes);
        shift = shift(planes.samples());
      }
      case RLE -> {
        RleFrame.decode(stream, pixels.allocated() / 8, planes);
        shift = shift(planes.samples());
      }
      case JPEG -> {
        JpegColors colors = JpegCodec.decode(stream, planes);
        ybr = colors == JpegColors.UNKNOWN ? ybr : colors == JpegColors.YBR;
        lossy = !JpegCodec.isLossless(stream);
      }
      case JPEG_LS -> lossy = JpegLsCodec.decode(stream, planes) > 0;
      case JPEG_2000 -> {
        int found = Jpeg2000Codec.decode(stream, planes);
        // A signed stream has its signs; the header may tell other bits than the stream.
        bits = found < 0 ? 32 : found;
        signed &= found > 0;
      }
    }
    if (lossy && !signed) {
      clamp(planes.samples(), bits);
    }
    trim(planes.samples(), shift, bits, signed);
    if (ybr && pixels.samples() == 3) {
      YbrColors.toRgb(planes.samples(), pixels.stored());
    }
    return planes.samples();
  }

  private byte[] codestream(int frame) throws IOException {
    PixelData data = file.pixels;
    return data.encapsulated()
        ? data.join(starts[frame], starts[frame + 1])
        : data.fragments().get(0); // of all frames
  }

  /** The family of the pixel data: that of the transfer syntax, unless the data is of another. */
  private Codec codec(byte[] stream) throws IOException {
    Codec told = file.syntax.codec();
    if (file.pixels.encapsulated()) {
      Codec found = byMarkers(stream, told);
      if (found == Codec.NATIVE) {
        throw new IOException("expected plain pixel data, found fragments");
      }
      return found;
    }
    if (told == Codec.NATIVE) {
      return told;
    }
    long expected = (pixels.frameBits() * pixels.frames() + 7) / 8;
    if (stream.length == expected + (expected & 1)) {
      return Codec.NATIVE;
    }
    Codec found = byMarkers(stream, Codec.NATIVE);
    if (found == Codec.NATIVE || pixels.frames() > 1) {
      throw new IOException("expected compressed pixel data in fragments, found plain data");
    }
    return found;
  }

  /**
   * The family of a codestream by its first markers, since files may be filed under another one.
   *
   * @param fallback what it is if the markers do not tell
   */
  private static Codec byMarkers(byte[] stream, Codec fallback) {
    if (marker(stream, 0) == 0xFF4F && marker(stream, 2) == 0xFF51) {
      return Codec.JPEG_2000;
    }
    if (marker(stream, 0) != 0xFFD8) {
      return fallback == Codec.NATIVE && RleFrame.recognizes(stream) ? Codec.RLE : fallback;
    }
    for (int at = 2; marker(stream, at) > 0xFF00 && marker(stream, at) != 0xFFDA; ) {
      int found = marker(stream, at);
      if (found == 0xFFF7) {
        return Codec.JPEG_LS;
      }
      if (found >= 0xFFC0 && found <= 0xFFC3) {
        return Codec.JPEG;
      }
      at += found == 0xFFFF ? 1 : 2 + marker(stream, at + 2);
    }
    return fallback;
  }

  private static int marker(byte[] stream, int at) {
    return at + 1 < stream.length ? (stream[at] & 0xFF) << 8 | (stream[at + 1] & 0xFF) : 0;
  }

  /**
   * How far samples lie above the lowest bit. Where the high bit tells that they do, their bits
   * must show it: many writers have the samples in the low bits all the same.
   */
  private int shift(int[] samples) {
    int shift = pixels.high() + 1 - pixels.stored();
    if (shift == 0) {
      return 0;
    }
    int left = 32 - pixels.stored();
    int mask = pixels.allocated() == 32 ? -1 : (1 << pixels.allocated()) - 1;
    int low = 0;
    boolean fits = true;
    for (int sample : samples) {
      low |= sample & ((1 << shift) - 1);
      int inLowBits = pixels.signed() ? sample << left >> left : sample << left >>> left;
      fits &= (inLowBits & mask) == (sample & mask);
    }
    return low != 0 && fits ? 0 : shift;
  }

  /** Coding with loss rings: beside an edge it leaves the range of the samples. */
  private static void clamp(int[] samples, int bits) {
    int most = bits > 30 ? Integer.MAX_VALUE : (1 << bits) - 1;
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Math.max(0, Math.min(most, samples[i]));
    }
  }

  private static void trim(int[] samples, int shift, int bits, boolean signed) {
    int left = 32 - bits;
    for (int i = 0; i < samples.length; i++) {
      int value = samples[i] >>> shift << left;
      samples[i] = signed ? value >> left : value >>> left;
    }
  }
}
