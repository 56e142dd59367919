package io.github.brainimaging.segmentation.threshold;

/**
 * A histogram of finite gray values that has only bins with something in them, in rising order.
 * Each knows the sum and the largest of its values, so that class means are exact however wide the
 * bins are.
 */
final class GrayHistogram {

  private final int bins;
  private final double[] count;
  private final double[] sum;
  private final float[] largest;

  private GrayHistogram(int bins, double[] count, double[] sum, float[] largest) {
    this.bins = bins;
    this.count = count;
    this.sum = sum;
    this.largest = largest;
  }

  /**
   * Counts values. Where all are whole numbers and their range fits into the bins, every gray value
   * has a bin of its own; otherwise the range is cut into bins of equal width.
   */
  static GrayHistogram of(float[] values, int n, int maximumBins) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    boolean whole = true;
    for (int i = 0; i < n; i++) {
      float v = values[i];
      min = Math.min(min, v);
      max = Math.max(max, v);
      whole &= v == (int) v;
    }
    if (n == 0) {
      return new GrayHistogram(0, new double[0], new double[0], new float[0]);
    }
    double range = (double) max - min;
    boolean exact = whole && range < maximumBins;
    int size = exact ? (int) range + 1 : maximumBins;
    double scale = exact ? 1 : (size - 1) / range;
    double[] count = new double[size];
    double[] sum = new double[size];
    float[] largest = new float[size];
    for (int i = 0; i < n; i++) {
      float v = values[i];
      int bin = (int) (((double) v - min) * scale);
      largest[bin] = count[bin] == 0 ? v : Math.max(largest[bin], v);
      count[bin]++;
      sum[bin] += v;
    }
    int used = 0;
    for (int bin = 0; bin < size; bin++) {
      if (count[bin] > 0) {
        count[used] = count[bin];
        sum[used] = sum[bin];
        largest[used] = largest[bin];
        used++;
      }
    }
    return new GrayHistogram(used, count, sum, largest);
  }

  int bins() {
    return bins;
  }

  double count(int bin) {
    return count[bin];
  }

  double sum(int bin) {
    return sum[bin];
  }

  float largest(int bin) {
    return largest[bin];
  }

  /** Number of values in all bins. */
  double total() {
    return total(count);
  }

  /** Mean of all values. */
  double mean() {
    return total(sum) / total(count);
  }

  private double total(double[] perBin) {
    double total = 0;
    for (int bin = 0; bin < bins; bin++) {
      total += perBin[bin];
    }
    return total;
  }
}
