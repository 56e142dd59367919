package io.github.brainimaging.core.io.internal.codec.jpegls;

import java.io.IOException;
import java.util.Arrays;

/** Contexts, prediction and error coding of single samples (T.87, annex A). */
final class LineCoder {

  private static final int[] RUN_BITS = {
    0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13,
    14, 15
  };
  private static final int REGULAR = 365;

  private final JpegLsBits bits;
  private final int maximum;
  private final int near;
  private final int step;
  private final int t1;
  private final int t2;
  private final int t3;
  private final int reset;
  private final int range;
  private final int rangeBits;
  private final int limit;
  private final int[] a = new int[REGULAR + 2];
  private final int[] b = new int[REGULAR];
  private final int[] c = new int[REGULAR];
  private final int[] n = new int[REGULAR + 2];
  private final int[] negative = new int[2];

  LineCoder(JpegLsBits bits, Presets presets, int near) {
    this.bits = bits;
    this.maximum = presets.maximum();
    this.near = near;
    this.step = 2 * near + 1;
    this.t1 = presets.t1();
    this.t2 = presets.t2();
    this.t3 = presets.t3();
    this.reset = presets.reset();
    this.range = near == 0 ? maximum + 1 : (maximum + 2 * near) / step + 1;
    this.rangeBits = bitsFor(range);
    int sampleBits = Math.max(2, bitsFor(maximum + 1));
    this.limit = 2 * (sampleBits + Math.max(8, sampleBits));
    Arrays.fill(a, Math.max(2, (range + 32) / 64));
    Arrays.fill(n, 1);
  }

  /** The smallest number of bits with 2^bits at least the value. */
  private static int bitsFor(int value) {
    return 32 - Integer.numberOfLeadingZeros(value - 1);
  }

  static int runBits(int runIndex) {
    return RUN_BITS[runIndex];
  }

  /** Whether the gradients around a sample allow a run. */
  boolean isFlat(int[] line, int[] above, int x) {
    return Math.abs(above[x + 1] - above[x]) <= near
        && Math.abs(above[x] - above[x - 1]) <= near
        && Math.abs(above[x - 1] - line[x - 1]) <= near;
  }

  /** Decodes a sample by its context (A.3 to A.6). */
  void regular(int[] line, int[] above, int x) throws IOException {
    int left = line[x - 1];
    int up = above[x];
    int corner = above[x - 1];
    int context =
        81 * quantize(above[x + 1] - up) + 9 * quantize(up - corner) + quantize(corner - left);
    int sign = context < 0 ? -1 : 1;
    int q = Math.abs(context);
    int prediction =
        corner >= Math.max(left, up)
            ? Math.min(left, up)
            : corner <= Math.min(left, up) ? Math.max(left, up) : left + up - corner;
    prediction = Math.max(0, Math.min(maximum, prediction + sign * c[q]));
    int k = 0;
    while (n[q] << k < a[q] && k < 24) {
      k++;
    }
    int mapped = bits.golomb(k, limit, rangeBits);
    int error = (mapped & 1) == 0 ? mapped >> 1 : -((mapped + 1) >> 1);
    if (near == 0 && k == 0 && 2 * b[q] <= -n[q]) {
      error = -error - 1;
    }
    update(q, error);
    line[x] = reconstruct(prediction, sign * error);
  }

  private int quantize(int gradient) {
    int size = Math.abs(gradient);
    int level = size <= near ? 0 : size < t1 ? 1 : size < t2 ? 2 : size < t3 ? 3 : 4;
    return gradient < 0 ? -level : level;
  }

  private void update(int q, int error) throws IOException {
    a[q] += Math.abs(error);
    b[q] += error * step;
    if (a[q] > 1 << 26) {
      throw new IOException("damaged JPEG-LS data: the errors are too large");
    }
    if (n[q] == reset) {
      a[q] >>= 1;
      b[q] >>= 1;
      n[q] >>= 1;
    }
    n[q]++;
    if (b[q] <= -n[q]) {
      b[q] = Math.max(b[q] + n[q], 1 - n[q]);
      c[q] = Math.max(-128, c[q] - 1);
    } else if (b[q] > 0) {
      b[q] = Math.min(b[q] - n[q], 0);
      c[q] = Math.min(127, c[q] + 1);
    }
  }

  /** Decodes the sample that ends a run (A.7.2). */
  void interruption(int[] line, int[] above, int x, int runIndex) throws IOException {
    int left = line[x - 1];
    int up = above[x];
    if (Math.abs(left - up) <= near) {
      line[x] = reconstruct(left, runError(1, runIndex));
    } else {
      line[x] = reconstruct(up, runError(0, runIndex) * (left > up ? -1 : 1));
    }
  }

  /** The same for samples of several components: all use the first of the two contexts. */
  void colorInterruption(int[] line, int[] above, int x, int runIndex) throws IOException {
    int sign = line[x - 1] > above[x] ? -1 : 1;
    line[x] = reconstruct(above[x], runError(0, runIndex) * sign);
  }

  private int runError(int type, int runIndex) throws IOException {
    int q = REGULAR + type;
    int sum = type == 0 ? a[q] : a[q] + (n[q] >> 1);
    int k = 0;
    while (n[q] << k < sum && k < 24) {
      k++;
    }
    int mapped = bits.golomb(k, limit - RUN_BITS[runIndex] - 1, rangeBits);
    int odd = (mapped + type) & 1;
    int size = (mapped + type + odd) / 2;
    boolean flipped = k != 0 || 2 * negative[type] >= n[q];
    int error = flipped == (odd == 1) ? -size : size;
    if (error < 0) {
      negative[type]++;
    }
    a[q] += (mapped + 1 - type) >> 1;
    if (a[q] > 1 << 26) {
      throw new IOException("damaged JPEG-LS data: the errors are too large");
    }
    if (n[q] == reset) {
      a[q] >>= 1;
      n[q] >>= 1;
      negative[type] >>= 1;
    }
    n[q]++;
    return error;
  }

  private int reconstruct(int prediction, int error) {
    int value = prediction + error * step;
    if (value < -near) {
      value += range * step;
    } else if (value > maximum + near) {
      value -= range * step;
    }
    return Math.max(0, Math.min(maximum, value));
  }
}
