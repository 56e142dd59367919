package io.github.brainimaging.core.io.internal.dicom.pixel;

import io.github.brainimaging.core.io.internal.codec.Planes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Plain pixel data (PS3.5, 8.1 and annex D): one bit to 32 bits, colors by pixel or by plane. */
public final class NativeFrame {

  private final PixelDescription pixels;
  private final byte[] value;
  private final ByteOrder order;
  private final boolean swapped;

  public NativeFrame(PixelDescription pixels, byte[] value, boolean bigEndian, boolean words) {
    this.pixels = pixels;
    this.value = value;
    this.order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    this.swapped = bigEndian && words && pixels.allocated() <= 8;
  }

  private long start(int frame) throws IOException {
    long bits = pixels.frameBits() * pixels.frames();
    if (value.length * 8L < bits) {
      throw new IOException(
          "the pixel data is cut off: expected "
              + (bits + 7) / 8
              + " bytes, found "
              + value.length);
    }
    return pixels.frameBits() * frame;
  }

  /** Unpacks a frame of whole numbers, as they are stored. */
  void unpack(int frame, Planes target) throws IOException {
    long bit = start(frame);
    int count = (int) pixels.pixels();
    int[] samples = target.samples();
    if (pixels.allocated() == 1) {
      for (int i = 0; i < count; i++) {
        samples[i] = octet((bit + i) >> 3) >> ((bit + i) & 7) & 1;
      }
      return;
    }
    if (pixels.photometric().equals("YBR_FULL_422")) {
      subsampled((int) (bit >> 3), samples, count);
      return;
    }
    ByteBuffer buffer = ByteBuffer.wrap(value).order(order);
    int bytes = pixels.allocated() / 8;
    int at = (int) (bit >> 3);
    int channels = pixels.samples();
    for (int i = 0; i < count * channels; i++) {
      int sample =
          switch (bytes) {
            case 1 -> octet(at + i);
            case 2 -> buffer.getShort(at + 2 * i) & 0xFFFF;
            default -> buffer.getInt(at + 4 * i);
          };
      samples[pixels.planar() || channels == 1 ? i : i % channels * count + i / channels] = sample;
    }
  }

  /** Two luminances, then the two color differences that both share. */
  private void subsampled(int at, int[] samples, int count) throws IOException {
    if (pixels.allocated() != 8 || pixels.columns() % 2 != 0) {
      throw new IOException("YBR_FULL_422 needs 8 bits and an even number of columns");
    }
    for (int i = 0; i < count; i++) {
      int pair = at + i / 2 * 4;
      samples[i] = octet(pair + i % 2);
      samples[count + i] = octet(pair + 2);
      samples[2 * count + i] = octet(pair + 3);
    }
  }

  private int octet(long at) {
    return value[(int) (swapped ? at ^ 1 : at)] & 0xFF;
  }

  /** Reads a frame of floats. */
  public float[] floats(int frame) throws IOException {
    int at = (int) (start(frame) >> 3);
    ByteBuffer buffer = ByteBuffer.wrap(value).order(order);
    float[] samples = new float[(int) pixels.pixels()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] =
          pixels.allocated() == 32
              ? buffer.getFloat(at + 4 * i)
              : (float) buffer.getDouble(at + 8 * i);
    }
    return samples;
  }
}
