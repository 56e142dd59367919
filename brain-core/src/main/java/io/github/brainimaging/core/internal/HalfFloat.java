package io.github.brainimaging.core.internal;

/**
 * Numbers of 16 bits (IEEE 754 binary16): eleven binary digits, and no more than 65504. JDK 20
 * brings the same.
 */
public final class HalfFloat {

  /** The smallest of full precision is 2 to the power of -14; all steps below are 2^-24. */
  private static final float SMALLEST_NORMAL = 0x1p-14f;

  private static final int SMALLEST_STEP = 24;
  private static final float SMALLEST = 0x1p-24f;
  private static final int MANTISSA = 10;
  private static final int DROPPED = 13;
  private static final int LESS_BIAS = 112 << MANTISSA;
  private static final int SIGN = 0x8000;

  private HalfFloat() {}

  /** The nearest number, of two equally near the one that ends in a zero bit. */
  public static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    float magnitude = Math.abs(value);
    int half;
    if (magnitude < SMALLEST_NORMAL) {
      half = (int) Math.rint(Math.scalb(magnitude, SMALLEST_STEP));
    } else {
      int even = (bits >> DROPPED) & 1;
      int rounded = (bits & Integer.MAX_VALUE) + (1 << (DROPPED - 1)) - 1 + even;
      half = (rounded >> DROPPED) - LESS_BIAS;
    }
    return (short) (((bits >>> 16) & SIGN) | half);
  }

  /** The same number. */
  public static float toFloat(short half) {
    int exponent = (half >> MANTISSA) & 31;
    int mantissa = half & ((1 << MANTISSA) - 1);
    float magnitude =
        switch (exponent) {
          case 0 -> mantissa * SMALLEST;
          case 31 -> mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Float.intBitsToFloat(((half & (SIGN - 1)) + LESS_BIAS) << DROPPED);
        };
    return (half & SIGN) == 0 ? magnitude : -magnitude;
  }
}
