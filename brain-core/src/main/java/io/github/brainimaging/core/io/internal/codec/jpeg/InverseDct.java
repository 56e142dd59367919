package io.github.brainimaging.core.io.internal.codec.jpeg;

/**
 * The inverse cosine transform of 8 x 8 coefficients, in whole numbers: the algorithm of Loeffler,
 * Ligtenberg and Moschytz (1989) with the constants and the rounding of the Independent JPEG
 * Group's "islow" method, so that the samples are those that most programs find.
 */
final class InverseDct {

  private static final int BITS = 13;
  private static final int F_0_298 = 2446;
  private static final int F_0_390 = 3196;
  private static final int F_0_541 = 4433;
  private static final int F_0_765 = 6270;
  private static final int F_0_899 = 7373;
  private static final int F_1_175 = 9633;
  private static final int F_1_501 = 12299;
  private static final int F_1_847 = 15137;
  private static final int F_1_961 = 16069;
  private static final int F_2_053 = 16819;
  private static final int F_2_562 = 20995;
  private static final int F_3_072 = 25172;

  private final int extra;
  private final int maximum;
  private final long[] work = new long[64];

  /**
   * A transform.
   *
   * @param precision bits per sample, 8 or 12
   */
  InverseDct(int precision) {
    this.extra = precision == 8 ? 2 : 1;
    this.maximum = (1 << precision) - 1;
  }

  /** Transforms dequantized coefficients and writes the samples to a place of a plane. */
  void apply(int[] block, int[] plane, int offset, int stride) {
    for (int i = 0; i < 64; i++) {
      work[i] = block[i];
    }
    for (int x = 0; x < 8; x++) {
      pass(x, 8, BITS - extra);
    }
    int middle = (maximum + 1) >> 1;
    for (int y = 0; y < 8; y++) {
      pass(8 * y, 1, BITS + extra + 3);
      for (int x = 0; x < 8; x++) {
        long sample = work[8 * y + x] + middle;
        plane[offset + y * stride + x] = (int) Math.max(0, Math.min(maximum, sample));
      }
    }
  }

  private void pass(int at, int step, int shift) {
    long[] w = work;
    long z1 = (w[at + 2 * step] + w[at + 6 * step]) * F_0_541;
    long even2 = z1 - w[at + 6 * step] * F_1_847;
    long even3 = z1 + w[at + 2 * step] * F_0_765;
    long even0 = (w[at] + w[at + 4 * step]) << BITS;
    long even1 = (w[at] - w[at + 4 * step]) << BITS;
    long t0 = w[at + 7 * step];
    long t1 = w[at + 5 * step];
    long t2 = w[at + 3 * step];
    long t3 = w[at + step];
    long z5 = (t0 + t2 + t1 + t3) * F_1_175;
    long z3 = z5 - (t0 + t2) * F_1_961;
    long z4 = z5 - (t1 + t3) * F_0_390;
    z1 = -(t0 + t3) * F_0_899;
    long z2 = -(t1 + t2) * F_2_562;
    t0 = t0 * F_0_298 + z1 + z3;
    t1 = t1 * F_2_053 + z2 + z4;
    t2 = t2 * F_3_072 + z2 + z3;
    t3 = t3 * F_1_501 + z1 + z4;
    long round = 1L << (shift - 1);
    w[at] = (even0 + even3 + t3 + round) >> shift;
    w[at + 7 * step] = (even0 + even3 - t3 + round) >> shift;
    w[at + step] = (even1 + even2 + t2 + round) >> shift;
    w[at + 6 * step] = (even1 + even2 - t2 + round) >> shift;
    w[at + 2 * step] = (even1 - even2 + t1 + round) >> shift;
    w[at + 5 * step] = (even1 - even2 - t1 + round) >> shift;
    w[at + 3 * step] = (even0 - even3 + t0 + round) >> shift;
    w[at + 4 * step] = (even0 - even3 - t0 + round) >> shift;
  }
}
