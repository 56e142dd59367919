package io.github.brainimaging.core.image;

import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Percentiles of finite samples, as numpy's default ("linear"): the value at position {@code p /
 * 100 * (n - 1)} of the sorted samples, linear between neighbors. By selection, in linear time.
 *
 * @since 0.1.0
 */
public final class Percentiles {

  private Percentiles() {}

  /**
   * Several percentiles at once, which costs little more than one.
   *
   * @param samples the samples, in any order; not changed. Those that are not finite are left out
   * @param percents the percentiles in ascending order, 0 to 100
   * @return a value for each of them, NaN if no sample is finite
   * @throws IllegalArgumentException if a percentile is out of range or below the one before
   */
  public static double[] values(float[] samples, double... percents) {
    for (int i = 0; i < percents.length; i++) {
      double least = i == 0 ? 0 : percents[i - 1];
      Arguments.require(
          percents[i] >= least && percents[i] <= 100,
          "percentiles must ascend from 0 to 100, got %s",
          Arrays.toString(percents));
    }
    double[] found = new double[percents.length];
    Counts counts = Counts.of(samples);
    if (counts != null) {
      Arrays.setAll(found, i -> counts.at(percents[i]));
      return found;
    }
    float[] finite = new float[samples.length];
    int n = 0;
    for (float v : samples) {
      if (Float.isFinite(v)) {
        finite[n++] = v;
      }
    }
    if (n == 0) {
      Arrays.fill(found, Double.NaN);
      return found;
    }
    int from = 0;
    for (int i = 0; i < found.length; i++) {
      double position = percents[i] / 100 * (n - 1);
      int below = Math.max(from, (int) position); // left of "from" all is in place already
      found[i] = at(finite, from, n, below, position - below);
      from = below;
    }
    return found;
  }

  /**
   * A percentile of values that are in order already.
   *
   * @param sorted in ascending order, none NaN
   * @param percent 0 to 100
   * @return the percentile, NaN if there is no value
   */
  public static double inSorted(double[] sorted, double percent) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double position = percent / 100 * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  private static double at(float[] values, int from, int n, int below, double fraction) {
    double value = select(values, from, n, below);
    if (fraction == 0) {
      return value;
    }
    // What lies right of the selected place is not smaller, so its minimum is the next in order.
    float next = Float.POSITIVE_INFINITY;
    for (int i = below + 1; i < n; i++) {
      next = Math.min(next, values[i]);
    }
    return value + fraction * (next - value);
  }

  /** Hoare's selection: afterwards nothing left of k is larger, and nothing right of it smaller. */
  private static float select(float[] values, int from, int n, int k) {
    int left = from;
    int right = n - 1;
    while (right - left > 32) {
      float pivot = median(values[left], values[(left + right) >>> 1], values[right]);
      int i = left - 1;
      int j = right + 1;
      while (true) {
        do {
          i++;
        } while (values[i] < pivot);
        do {
          j--;
        } while (values[j] > pivot);
        if (i >= j) {
          break;
        }
        float swap = values[i];
        values[i] = values[j];
        values[j] = swap;
      }
      if (k <= j) {
        right = j;
      } else {
        left = j + 1;
      }
    }
    Arrays.sort(values, left, right + 1);
    return values[k];
  }

  private static float median(float a, float b, float c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /** How often each whole number occurs. */
  private static final class Counts {

    /** As many numbers as 16 bits tell apart. */
    private static final int MOST = 1 << 16;

    private final int smallest;
    private final int[] occurs;
    private final int n;

    private Counts(int smallest, int[] occurs, int n) {
      this.smallest = smallest;
      this.occurs = occurs;
      this.n = n;
    }

    /** Gives null unless all samples are whole numbers that lie close enough. */
    static @Nullable Counts of(float[] samples) {
      float min = Float.POSITIVE_INFINITY;
      float max = Float.NEGATIVE_INFINITY;
      for (float v : samples) {
        min = Math.min(min, v); // both stay NaN from the first NaN on
        max = Math.max(max, v);
      }
      // Of no sample at all the smallest is not smaller than the largest.
      if (!(min <= max && max - min < MOST && max < MOST && min > -MOST)) {
        return null;
      }
      int smallest = (int) Math.floor(min);
      int[] occurs = new int[(int) max - smallest + 1];
      for (float v : samples) {
        int whole = (int) v;
        if (whole != v) {
          return null;
        }
        occurs[whole - smallest]++;
      }
      return new Counts(smallest, occurs, samples.length);
    }

    double at(double percent) {
      double position = percent / 100 * (n - 1);
      int below = (int) position;
      int value = 0;
      int upTo = occurs[0];
      while (upTo <= below) {
        upTo += occurs[++value];
      }
      int next = value;
      while (upTo <= below + 1 && next < occurs.length - 1) {
        upTo += occurs[++next];
      }
      return smallest + value + (position - below) * (next - value);
    }
  }
}
