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
    Drawers drawers = new Drawers(finite, n);
    Arrays.setAll(found, i -> drawers.at(percents[i]));
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

  /** Hoare's selection: afterwards nothing left of k is larger, and nothing right of it smaller. */
  private static float select(float[] values, int n, int k) {
    int left = 0;
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

  /** How many values each part of their range holds, so that few are left to select from. */
  private static final class Drawers {

    private static final int MANY = 1 << 12;

    private final float[] values;
    private final int n;
    private final double min;
    private final double scale;
    private final int[] held = new int[MANY];

    Drawers(float[] values, int n) {
      this.values = values;
      this.n = n;
      float low = values[0];
      float high = values[0];
      for (int i = 1; i < n; i++) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
      }
      min = low;
      scale = high > low ? (MANY - 1) / ((double) high - low) : 0;
      for (int i = 0; i < n; i++) {
        held[drawer(values[i])]++;
      }
    }

    /** Never smaller for a larger value. */
    private int drawer(float value) {
      return (int) ((value - min) * scale);
    }

    double at(double percent) {
      double position = percent / 100 * (n - 1);
      int below = (int) position;
      int first = 0;
      int before = 0; // values in the drawers before the first
      while (before + held[first] <= below) {
        before += held[first++];
      }
      int last = first;
      int upTo = before + held[first];
      while (upTo <= below + 1 && last < MANY - 1) {
        upTo += held[++last];
      }
      float[] near = new float[upTo - before];
      int count = 0;
      for (int i = 0; i < n; i++) {
        int drawer = drawer(values[i]);
        if (drawer >= first && drawer <= last) {
          near[count++] = values[i];
        }
      }
      float value = select(near, count, below - before);
      double fraction = position - below;
      if (fraction == 0) {
        return value;
      }
      // What lies right of the selected place is not smaller, so its minimum is the next in order.
      float next = Float.POSITIVE_INFINITY;
      for (int i = below - before + 1; i < count; i++) {
        next = Math.min(next, near[i]);
      }
      return value + fraction * (next - value);
    }
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
