package io.github.brainimaging.segmentation.threshold;

import java.util.Arrays;

/**
 * The best partition of a histogram into any number of classes, by dynamic programming: the best
 * partition of the first bins into k classes is the best one of fewer bins into k - 1 classes and a
 * class of the rest. The variance between classes is the sum of {@code s^2 / n} over the classes,
 * up to a constant.
 */
final class MultiLevelOtsu {

  private MultiLevelOtsu() {}

  static OtsuThreshold.Thresholds find(GrayHistogram histogram, int classes) {
    int bins = histogram.bins();
    if (bins <= classes) {
      float[] all = new float[Math.max(0, bins - 1)];
      for (int i = 0; i < all.length; i++) {
        all[i] = histogram.largest(i);
      }
      return new OtsuThreshold.Thresholds(all);
    }
    double[] count = new double[bins + 1];
    double[] sum = new double[bins + 1];
    double mean = histogram.mean();
    for (int bin = 0; bin < bins; bin++) {
      count[bin + 1] = count[bin] + histogram.count(bin);
      // Deviations from the mean keep the squares small, whatever the offset of the values.
      sum[bin + 1] = sum[bin] + histogram.sum(bin) - mean * histogram.count(bin);
    }
    int[][] cut = new int[classes + 1][bins + 1];
    double[] best = new double[bins + 1];
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    best[0] = 0;
    for (int k = 1; k <= classes; k++) {
      double[] next = new double[bins + 1];
      Arrays.fill(next, Double.NEGATIVE_INFINITY);
      for (int end = k; end <= bins; end++) {
        for (int start = k - 1; start < end; start++) {
          double s = sum[end] - sum[start];
          double value = best[start] + s * s / (count[end] - count[start]);
          if (value > next[end]) {
            next[end] = value;
            cut[k][end] = start;
          }
        }
      }
      best = next;
    }
    float[] thresholds = new float[classes - 1];
    int end = bins;
    for (int k = classes; k > 1; k--) {
      end = cut[k][end];
      thresholds[k - 2] = histogram.largest(end - 1);
    }
    return new OtsuThreshold.Thresholds(thresholds);
  }
}
