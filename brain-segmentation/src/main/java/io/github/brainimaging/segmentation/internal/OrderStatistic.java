package io.github.brainimaging.segmentation.internal;

import io.github.brainimaging.core.internal.Arguments;

/**
 * The k-th smallest of many values, without sorting them: three counting passes over 11, 11 and 10
 * of their bits. The result is one of the values, so it moves with them exactly when they are
 * scaled.
 */
public final class OrderStatistic {

  private static final int[] SHIFTS = {21, 10, 0};
  private static final int[] BITS = {11, 11, 10};

  private OrderStatistic() {}

  /**
   * The value below which a share of the values lies.
   *
   * @param values not NaN; not changed
   * @param count how many of them, from the start; positive
   * @param share 0 for the smallest, 0.5 for the (lower) median, 1 for the largest
   * @return one of the values
   * @throws IllegalArgumentException if the count is not positive or the share not in [0, 1]
   */
  public static float of(float[] values, int count, double share) {
    Arguments.requirePositive("count", count);
    Arguments.require(share >= 0 && share <= 1, "share must be between 0 and 1, got %s", share);
    int rank = (int) Math.floor(share * (count - 1));
    int found = 0;
    int foundBits = 0;
    for (int pass = 0; pass < SHIFTS.length; pass++) {
      int[] histogram = new int[1 << BITS[pass]];
      int mask = histogram.length - 1;
      for (int i = 0; i < count; i++) {
        int key = key(values[i]) ^ Integer.MIN_VALUE;
        if (((key ^ found) & foundBits) == 0) {
          histogram[key >>> SHIFTS[pass] & mask]++;
        }
      }
      int bin = 0;
      while (rank >= histogram[bin]) {
        rank -= histogram[bin++];
      }
      found |= bin << SHIFTS[pass];
      foundBits |= mask << SHIFTS[pass];
    }
    return value(found ^ Integer.MIN_VALUE);
  }

  private static float value(int key) {
    return Float.intBitsToFloat(key ^ ((key >> 31) & 0x7FFFFFFF));
  }

  /** An integer in the order of the values: the lower bits of negative ones are flipped. */
  static int key(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits ^ ((bits >> 31) & 0x7FFFFFFF);
  }
}
