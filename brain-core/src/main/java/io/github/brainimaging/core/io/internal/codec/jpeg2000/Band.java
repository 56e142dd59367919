package io.github.brainimaging.core.io.internal.codec.jpeg2000;

import java.io.IOException;

/** A subband: its rectangle, its orientation and how its numbers are scaled. */
final class Band {

  static final int LL = 0;
  static final int HL = 1;
  static final int LH = 2;
  static final int HH = 3;

  final int orientation;
  final int x0;
  final int y0;
  final int x1;
  final int y1;

  /** Bit planes, guard bits included. */
  final int planes;

  private final float step;
  private final boolean reversible;
  final float[] coefficients;

  /**
   * A subband.
   *
   * @param area the component's tile: x0, y0, x1, y1
   * @param level how often it was halved
   * @param index its place in the quantization
   * @param bits bits per sample
   */
  Band(
      int orientation,
      int[] area,
      int level,
      Quantization q,
      boolean reversible,
      int index,
      int bits)
      throws IOException {
    this.orientation = orientation;
    this.reversible = reversible;
    this.x0 = edge(area[0], level, orientation & 1);
    this.y0 = edge(area[1], level, orientation >> 1);
    this.x1 = edge(area[2], level, orientation & 1);
    this.y1 = edge(area[3], level, orientation >> 1);
    int exponent = q.exponent(index);
    this.planes = q.guardBits() + exponent - 1;
    int gain = orientation == LL ? 0 : orientation == HH ? 2 : 1;
    this.step = reversible ? 1 : (float) (Math.pow(2, bits + gain - exponent) * q.mantissa(index));
    this.coefficients = new float[Math.max(0, (x1 - x0) * (y1 - y0))];
    if (planes > 30) {
      throw new IOException("found JPEG 2000 data of more than 30 bit planes");
    }
  }

  /** Stores what a block has found, with a magnitude that is kept doubled. */
  void set(int x, int y, int doubled, boolean negative) {
    float size = reversible ? doubled >> 1 : doubled * 0.5f * step;
    coefficients[y * (x1 - x0) + x] = negative ? -size : size;
  }

  /** T.800, equation B-15. */
  private static int edge(int value, int level, int high) {
    if (level == 0) {
      return value;
    }
    long shifted = value - ((long) high << (level - 1));
    return (int) -(-shifted >> level);
  }
}
