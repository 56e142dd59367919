package io.github.brainimaging.core.io.internal.codec.jpegls;

import java.io.EOFException;

/** The bits of a JPEG-LS scan: after a byte of 0xFF the next one has seven (T.87, 9.1). */
final class JpegLsBits {

  private final byte[] data;
  private int position;
  private int current;
  private int left;
  private boolean stuffed;

  JpegLsBits(byte[] data, int position) {
    this.data = data;
    this.position = position;
  }

  int bit() throws EOFException {
    if (left == 0) {
      boolean end = position >= data.length || (stuffed && (data[position] & 0x80) != 0);
      if (end) {
        throw new EOFException("the JPEG-LS data is cut off or damaged at byte " + position);
      }
      current = data[position++] & 0xFF;
      left = stuffed ? 7 : 8;
      stuffed = current == 0xFF;
    }
    return current >> --left & 1;
  }

  int bits(int count) throws EOFException {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit();
    }
    return value;
  }

  /** A code of Golomb's with a limited length (T.87, A.5.3). */
  int golomb(int k, int limit, int bitsPerSample) throws EOFException {
    int zeros = 0;
    while (bit() == 0) {
      if (++zeros > limit) {
        throw new EOFException("damaged JPEG-LS data at byte " + position);
      }
    }
    return zeros < limit - bitsPerSample - 1 ? zeros << k | bits(k) : bits(bitsPerSample) + 1;
  }

  /** The place of the next marker. */
  int end() {
    int at = Math.max(0, stuffed ? position - 1 : position);
    while (at + 1 < data.length && !(data[at] == (byte) 0xFF && (data[at + 1] & 0x80) != 0)) {
      at++;
    }
    return at;
  }
}
