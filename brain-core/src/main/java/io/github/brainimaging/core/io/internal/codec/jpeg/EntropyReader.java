package io.github.brainimaging.core.io.internal.codec.jpeg;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.EOFException;
import java.io.IOException;

/** The bits of a scan: stuffed zeros after 0xFF are dropped, a marker ends them. */
final class EntropyReader {

  private final byte[] data;
  private int position;
  private long buffer;
  private int count;

  /** Bits in the buffer that are not of the file but zeros behind its end. */
  private int invented;

  EntropyReader(byte[] data, int position) {
    this.data = data;
    this.position = position;
  }

  private void fill() {
    while (count <= 48) {
      int next = position < data.length ? data[position] & 0xFF : 0xFF;
      if (next == 0xFF) {
        if (position + 1 < data.length && data[position + 1] == 0) {
          position += 2;
        } else {
          next = 0;
          invented += 8;
        }
      } else {
        position++;
      }
      buffer = buffer << 8 | next;
      count += 8;
    }
  }

  /** The next 16 bits, without taking them; zeros behind the end. */
  int peek16() {
    if (count < 16) {
      fill();
    }
    return (int) (buffer >>> (count - 16)) & 0xFFFF;
  }

  /** Takes bits. */
  void skip(int bits) throws IOException {
    count -= bits;
    if (count < invented) {
      throw new EOFException("the JPEG data is cut off or damaged at byte " + position);
    }
  }

  /**
   * Takes a difference or coefficient of a number of bits (T.81, F.2.2.1, EXTEND).
   *
   * @param bits 0 to 16
   */
  int signed(int bits) throws IOException {
    if (bits == 0) {
      return 0;
    }
    int value = peek16() >> (16 - bits);
    skip(bits);
    return value < 1 << (bits - 1) ? value - (1 << bits) + 1 : value;
  }

  /** Goes over a restart marker; what is left of the bits before it is dropped. */
  void restart() throws IOException {
    endScan();
    boolean marker =
        position + 1 < data.length
            && data[position] == (byte) 0xFF
            && (data[position + 1] & 0xF8) == 0xD0;
    if (!marker) {
      throw new IOException("expected a JPEG restart marker at byte " + position);
    }
    position += 2;
  }

  /** Drops the bits up to the next marker, and gives its place. */
  @CanIgnoreReturnValue
  int endScan() {
    buffer = 0;
    count = 0;
    invented = 0;
    while (position + 1 < data.length
        && !(data[position] == (byte) 0xFF
            && data[position + 1] != 0
            && data[position + 1] != (byte) 0xFF)) {
      position++;
    }
    return position;
  }
}
