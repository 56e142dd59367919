package io.github.brainimaging.segmentation.internal;

/**
 * Medians and percentiles of the gray values of an image. Whole numbers, such as 8-bit and 16-bit
 * images hold, are counted once; others are selected anew for every question.
 */
public final class GrayRanks {

  private static final int MAXIMUM_RANGE = 1 << 16;

  private final float[] samples;
  private final int smallest;

  /** How often {@code smallest + i} occurs; empty if some sample is not a whole number. */
  private final int[] histogram;

  private GrayRanks(float[] samples, int smallest, int[] histogram) {
    this.samples = samples;
    this.smallest = smallest;
    this.histogram = histogram;
  }

  /**
   * Counts the values of an image.
   *
   * @param samples row after row, all finite, not empty; kept, not copied
   * @return the ranks
   */
  public static GrayRanks of(float[] samples) {
    int min = Integer.MAX_VALUE;
    int max = Integer.MIN_VALUE;
    boolean whole = true;
    for (float v : samples) {
      int value = (int) v;
      whole &= value == v;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    if (!whole || (long) max - min >= MAXIMUM_RANGE) {
      return new GrayRanks(samples, 0, new int[0]);
    }
    int[] histogram = new int[max - min + 1];
    for (float v : samples) {
      histogram[(int) v - min]++;
    }
    return new GrayRanks(samples, min, histogram);
  }

  /**
   * The value below which a share of all values lies.
   *
   * @param share 0 for the smallest, 1 for the largest
   * @return one of the values
   */
  public float percentile(double share) {
    return histogram.length == 0
        ? OrderStatistic.of(samples, samples.length, share)
        : smallest + rank(histogram, 0, histogram.length, share);
  }

  /**
   * The (lower) median of the values in a range.
   *
   * @param above smaller values and this one do not count
   * @param upTo larger values do not count
   * @param otherwise the result if there is no value
   * @return one of the values, or {@code otherwise}
   */
  public float median(double above, double upTo, float otherwise) {
    if (histogram.length > 0) {
      int rank = rank(histogram, bin(above), bin(upTo), 0.5);
      return rank < 0 ? otherwise : smallest + rank;
    }
    float[] chosen = new float[samples.length];
    int n = 0;
    for (float v : samples) {
      if (v > above && v <= upTo) {
        chosen[n++] = v;
      }
    }
    return n == 0 ? otherwise : OrderStatistic.of(chosen, n, 0.5);
  }

  /**
   * The (lower) median of the values in a mask.
   *
   * @param within the pixels that count
   * @param above smaller values and this one do not count
   * @param otherwise the result if there is no value
   * @return one of the values, or {@code otherwise}
   */
  public float median(BitMask within, double above, float otherwise) {
    float[] chosen = within.select(samples);
    int n = 0;
    for (float v : chosen) {
      if (v > above) {
        chosen[n++] = v;
      }
    }
    if (n == 0) {
      return otherwise;
    }
    if (histogram.length == 0) {
      return OrderStatistic.of(chosen, n, 0.5);
    }
    int[] counts = new int[histogram.length];
    for (int i = 0; i < n; i++) {
      counts[(int) chosen[i] - smallest]++;
    }
    return smallest + rank(counts, 0, counts.length, 0.5);
  }

  /** The first bin whose value is above a limit. */
  private int bin(double limit) {
    return (int) Math.max(0, Math.min(histogram.length, Math.floor(limit) - smallest + 1));
  }

  /** The bin of the value with a share of the values of the bins before it; -1 for no values. */
  private static int rank(int[] counts, int from, int to, double share) {
    int total = 0;
    for (int i = from; i < to; i++) {
      total += counts[i];
    }
    int rank = (int) Math.floor(share * (total - 1));
    for (int i = from; i < to; i++) {
      rank -= counts[i];
      if (rank < 0 && total > 0) {
        return i;
      }
    }
    return -1;
  }
}
