package io.github.brainimaging.core.io.internal.codec.jpeg2000;

import java.io.EOFException;

/** The bits of packet headers: after a byte of 0xFF the next one has seven (T.800, B.10.1). */
final class PacketBits {

  private final byte[] data;
  private int position;
  private int current;
  private int left;

  PacketBits(byte[] data) {
    this.data = data;
  }

  int bit() throws EOFException {
    if (left == 0) {
      require(1);
      left = current == 0xFF ? 7 : 8;
      current = data[position++] & 0xFF;
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

  /** Goes to the next whole byte. */
  void align() throws EOFException {
    if (current == 0xFF) {
      require(1);
      position++;
    }
    left = 0;
    current = 0;
  }

  /** Goes over a marker if it is there. */
  void skipMarker(int second, int length) throws EOFException {
    if (position + 1 < data.length
        && data[position] == (byte) 0xFF
        && (data[position + 1] & 0xFF) == second) {
      require(length);
      position += length;
    }
  }

  /** Takes whole bytes and gives their place. */
  int take(int length) throws EOFException {
    require(length);
    position += length;
    return position - length;
  }

  private void require(int length) throws EOFException {
    if (length < 0 || length > data.length - position) {
      throw new EOFException("the JPEG 2000 data is cut off or damaged at byte " + position);
    }
  }
}
