package io.github.brainimaging.core.io.internal.codec.jpeg2000;

/** The bits of passes that bypass the arithmetic coder (T.800, D.6). */
final class RawBits {

  private final byte[] data;
  private int position;
  private int current;
  private int left;

  RawBits(byte[] data) {
    this.data = data;
  }

  int bit() {
    if (left == 0) {
      left = current == 0xFF ? 7 : 8;
      current = position < data.length ? data[position++] & 0xFF : 0xFF;
    }
    return current >> --left & 1;
  }
}
