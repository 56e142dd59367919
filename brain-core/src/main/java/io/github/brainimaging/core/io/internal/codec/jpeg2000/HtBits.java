package io.github.brainimaging.core.io.internal.codec.jpeg2000;

/**
 * The bits of a part of a high-throughput code-block, lowest first, read up or down its bytes; the
 * bits that keep markers out of them are left out (T.814, 7.1).
 */
final class HtBits {

  private final byte[] data;
  private final int step;
  private final int fill;
  private int at;
  private int bytes;
  private int previous;
  private long bits;
  private int count;

  private HtBits(byte[] data, int at, int bytes, int step, int fill, int previous) {
    this.data = data;
    this.at = at;
    this.bytes = bytes;
    this.step = step;
    this.fill = fill;
    this.previous = previous;
  }

  /** Goes up; behind the last byte as if there were more of one value. */
  static HtBits up(byte[] data, int from, int to, int fill) {
    return new HtBits(data, from, to - from, 1, fill, 0);
  }

  /** Goes down from the last byte; below the first there are zeros. */
  static HtBits down(byte[] data, int from, int to) {
    return new HtBits(data, to - 1, to - from, -1, 0, 0xFF);
  }

  /** Goes down from the upper half of the last byte but one: the length stands behind it. */
  static HtBits belowLength(byte[] data, int from, int to) {
    int half = data[to - 2] & 0xFF;
    HtBits found = new HtBits(data, to - 3, to - 2 - from, -1, 0, half | 0xF);
    found.take(half >> 4, (half & 0x70) == 0x70 ? 3 : 4);
    return found;
  }

  /** The next 32 bits; they are not taken yet. */
  int peek() {
    while (count < 32) {
      int value = fill;
      if (bytes > 0) {
        value = data[at] & 0xFF;
        at += step;
        bytes--;
      }
      boolean stuffed = step > 0 ? previous == 0xFF : previous > 0x8F && (value & 0x7F) == 0x7F;
      previous = value;
      take(value, stuffed ? 7 : 8);
    }
    return (int) bits;
  }

  private void take(int value, int width) {
    bits |= (value & ((1L << width) - 1)) << count;
    count += width;
  }

  /** Takes at most 32 bits that were looked at. */
  void skip(int width) {
    bits >>>= width;
    count -= width;
  }

  /** Takes the next bits, at most 31. */
  int read(int width) {
    int value = peek() & ((1 << width) - 1);
    skip(width);
    return value;
  }
}
