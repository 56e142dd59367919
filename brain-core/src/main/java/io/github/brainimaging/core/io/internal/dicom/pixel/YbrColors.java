package io.github.brainimaging.core.io.internal.dicom.pixel;

/** YBR_FULL to RGB (PS3.3, C.7.6.3.1.2), rounded as the Independent JPEG Group's decoder does. */
final class YbrColors {

  private YbrColors() {}

  /** Converts in place, plane after plane. */
  static void toRgb(int[] samples, int bits) {
    int pixels = samples.length / 3;
    int maximum = (int) ((1L << bits) - 1);
    int middle = 1 << (bits - 1);
    for (int i = 0; i < pixels; i++) {
      int y = samples[i];
      long cb = (long) samples[pixels + i] - middle;
      long cr = (long) samples[2 * pixels + i] - middle;
      samples[i] = clamp(y + ((91881 * cr + 32768) >> 16), maximum);
      samples[pixels + i] = clamp(y + ((-22554 * cb - 46802 * cr + 32768) >> 16), maximum);
      samples[2 * pixels + i] = clamp(y + ((116130 * cb + 32768) >> 16), maximum);
    }
  }

  private static int clamp(long value, int maximum) {
    return (int) Math.max(0, Math.min(maximum, value));
  }
}
