package io.github.brainimaging.segmentation.internal;

import io.github.brainimaging.core.internal.Arguments;

/**
 * The k-th smallest of many values, without sorting them: two counting passes over the upper and
 * the lower half of their bits. The result is one of the values, so it moves with them exactly when
 * they are scaled.
 */
public final class OrderStatistic {

  private static final int HALF = 1 << 16;

  private OrderStatistic() {}

  /**
   * The value below which a share of the values lies.
   *
   * @param values not NaN; changed by nobody
   * @param count how many of them, from the start; positive
   * @param share 0 for the smallest, 0.5 for the (lower) median, 1 for the largest
   * @return one of the values
   * @throws IllegalArgumentException if the count is not positive or the share not in [0, 1]
   */
  public static float of(float[] values, int count, double share) {
    Arguments.requirePositive("count", count);
    Arguments.require(share >= 0 && share <= 1, "share must be between 0 and 1, got %s", share);
    int rank = (int) Math.floor(share * (count - 1));
    int[] upper = new int[HALF];
    for (int i = 0; i < count; i++) {
      upper[key(values[i]) >>> 16]++;
    }
    int high = 0;
    while (rank >= upper[high]) {
      rank -= upper[high++];
    }
    int[] lower = new int[HALF];
    for (int i = 0; i < count; i++) {
      int key = key(values[i]);
      if (key >>> 16 == high) {
        lower[key & 0xFFFF]++;
      }
    }
    int low = 0;
    while (rank >= lower[low]) {
      rank -= lower[low++];
    }
    int key = high << 16 | low;
    return Float.intBitsToFloat(key < 0 ? key ^ 0x80000000 : ~key);
  }

  /** Unsigned bits in the order of the values: the sign flipped, all bits of negative ones. */
  private static int key(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits < 0 ? ~bits : bits ^ 0x80000000;
  }
}
