package io.github.brainimaging.core.io.internal.codec.jpegls;

import java.io.IOException;

/**
 * The coding parameters of T.87, C.2.4.1.1; a zero in the stream stands for the default.
 *
 * @param maximum MAXVAL, the largest sample
 * @param t1 first threshold of the gradients
 * @param t2 second threshold
 * @param t3 third threshold
 * @param reset count at which the statistics are halved
 */
record Presets(int maximum, int t1, int t2, int t3, int reset) {

  /** What stands in for the zeros, for a precision in bits and an allowed error. */
  Presets completed(int precision, int near) throws IOException {
    int max = maximum == 0 ? (1 << precision) - 1 : maximum;
    if (max < 1 || max >= 1 << precision || near > Math.min(255, max / 2)) {
      throw new IOException("found JPEG-LS parameters that do not fit together");
    }
    int a;
    int b;
    int c;
    if (max >= 128) {
      int factor = (Math.min(max, 4095) + 128) / 256;
      a = clamp(factor + 2 + 3 * near, near + 1, max);
      b = clamp(factor * 4 + 3 + 5 * near, a, max);
      c = clamp(factor * 17 + 4 + 7 * near, b, max);
    } else {
      int factor = 256 / (max + 1);
      a = clamp(Math.max(2, 3 / factor + 3 * near), near + 1, max);
      b = clamp(Math.max(3, 7 / factor + 5 * near), a, max);
      c = clamp(Math.max(4, 21 / factor + 7 * near), b, max);
    }
    return new Presets(
        max, t1 == 0 ? a : t1, t2 == 0 ? b : t2, t3 == 0 ? c : t3, reset == 0 ? 64 : reset);
  }

  private static int clamp(int value, int low, int high) {
    return value > high || value < low ? low : value;
  }
}
