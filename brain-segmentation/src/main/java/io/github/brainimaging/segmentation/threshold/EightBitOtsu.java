package io.github.brainimaging.segmentation.threshold;

import boofcv.alg.filter.binary.GThresholdImageOps;

/** BoofCV's threshold of two classes, for whole gray values from 0 to 255. */
final class EightBitOtsu {

  private static final int BINS = 256;

  private EightBitOtsu() {}

  /**
   * Counts values.
   *
   * @return how often each occurs; empty if one is not a whole number from 0 to 255
   */
  static int[] histogram(float[] values, int n) {
    int[] histogram = new int[BINS];
    for (int i = 0; i < n; i++) {
      int bin = (int) values[i];
      if (bin != values[i] || bin < 0 || bin >= BINS) {
        return new int[0];
      }
      histogram[bin]++;
    }
    return histogram;
  }

  static OtsuThreshold.Thresholds find(int[] histogram, int n) {
    int lower = GThresholdImageOps.computeOtsu(histogram, BINS, n);
    int upper = lower + 1;
    // BoofCV's threshold may be a value that does not occur, and a constant image has one too.
    while (lower >= 0 && histogram[lower] == 0) {
      lower--;
    }
    while (upper < BINS && histogram[upper] == 0) {
      upper++;
    }
    return new OtsuThreshold.Thresholds(
        lower < 0 || upper == BINS ? new float[0] : new float[] {lower});
  }
}
