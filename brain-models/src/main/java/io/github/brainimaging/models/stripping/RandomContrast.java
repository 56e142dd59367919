package io.github.brainimaging.models.stripping;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Other gray values for the tissues of a head, as another sequence would give: piecewise linear
 * maps over the quantiles of the head's own, now and then one inside of the brain and another one
 * outside. Air and bone stay dark, as they are in every MRI.
 */
final class RandomContrast {

  private static final double BACKGROUND = 0.1;
  private static final int TISSUES = 7;

  /** Gray values at which the maps bend, in order. */
  private final float[] places;

  /** Learns the quantiles of a head. */
  RandomContrast(float[] samples) {
    float[] sorted = samples.clone();
    Arrays.sort(sorted); // NaN last
    int n = sorted.length;
    while (n > 1 && !Float.isFinite(sorted[n - 1])) {
      n--;
    }
    float low = sorted[(int) (0.01 * (n - 1))];
    float high = sorted[(int) (0.98 * (n - 1))];
    float level = (float) (low + BACKGROUND * (high - low));
    int first = Arrays.binarySearch(sorted, 0, n, level);
    first = Math.min(n - 1, first < 0 ? -first - 1 : first);
    places = new float[TISSUES + 3];
    places[0] = low;
    places[1] = level;
    for (int i = 0; i < TISSUES; i++) {
      places[i + 2] = sorted[first + (int) ((i + 0.5) / TISSUES * (n - 1 - first))];
    }
    places[places.length - 1] = sorted[first + (int) (0.999 * (n - 1 - first))];
  }

  /**
   * Changes gray values; the new ones lie between 0 and 1.
   *
   * @param values a head's gray values, NaN where none was seen
   * @param inside share of brain
   * @param random decides
   */
  void apply(float[] values, float[] inside, RandomGenerator random) {
    double kind = random.nextDouble();
    double[] map = kind < 0.35 ? same(random) : kind < 0.6 ? ordered(random) : free(random);
    double[] other = kind < 0.8 ? map : free(random);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isNaN(values[i])) {
        double brain = at(map, values[i]);
        values[i] =
            (float)
                (map == other ? brain : brain * inside[i] + at(other, values[i]) * (1 - inside[i]));
      }
    }
  }

  /** The gray values as they are, but for a gamma. */
  private double[] same(RandomGenerator random) {
    double gamma = Math.exp(0.25 * random.nextGaussian());
    double[] map = new double[places.length];
    double range = Math.max(Float.MIN_NORMAL, places[places.length - 1] - places[0]);
    for (int i = 0; i < map.length; i++) {
      map[i] = Math.pow(Math.max(0, places[i] - places[0]) / range, gamma);
    }
    return map;
  }

  private double[] free(RandomGenerator random) {
    double[] map = new double[places.length];
    map[1] = random.nextDouble(0.02, 0.2);
    for (int i = 2; i < map.length; i++) {
      map[i] = random.nextDouble(0.08, 1);
    }
    return map;
  }

  private double[] ordered(RandomGenerator random) {
    double[] map = free(random);
    Arrays.sort(map);
    return map;
  }

  private double at(double[] map, float value) {
    if (value <= places[0]) {
      return map[0];
    }
    int last = places.length - 1;
    int i = 1;
    while (i < last && value > places[i]) {
      i++;
    }
    double width = places[i] - places[i - 1];
    double share = width > 0 ? Math.min(1, (value - places[i - 1]) / width) : 1;
    return map[i - 1] + share * (map[i] - map[i - 1]);
  }
}
