package io.github.brainimaging.core.geometry;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * Which samples of a line make the value at a coordinate, and with what weight; for one place, or
 * for a row of them.
 */
final class Taps {

  /** Rounding must not put the border of a grid outside of itself, nor decide halves. */
  private static final double TOLERANCE = 1e-6;

  private final Resample.Method interpolation;
  private final int length;
  private final int perPlace;
  private final int[] index;
  private final double[] weight;
  private final boolean[] outside;

  Taps(Resample.Method interpolation, int length, int places) {
    this.interpolation = interpolation;
    this.length = length;
    this.perPlace =
        switch (interpolation) {
          case NEAREST -> 1;
          case LINEAR -> 2;
          case CUBIC -> 4;
        };
    this.index = new int[places * perPlace];
    this.weight = new double[places * perPlace];
    this.outside = new boolean[places];
  }

  /** Finds the samples for a coordinate; false if it is outside of the line. */
  @CanIgnoreReturnValue
  boolean set(int place, double coordinate) {
    boolean inside = coordinate >= -0.5 - TOLERANCE && coordinate <= length - 0.5 + TOLERANCE;
    outside[place] = !inside;
    if (!inside) {
      return false;
    }
    double within = Math.min(Math.max(coordinate, 0), length - 1.0);
    int at = place * perPlace;
    switch (interpolation) {
      case NEAREST -> {
        index[at] = Math.min(length - 1, (int) (within + 0.5 + TOLERANCE));
        weight[at] = 1;
      }
      case LINEAR -> {
        int left = (int) within;
        index[at] = left;
        index[at + 1] = Math.min(length - 1, left + 1);
        weight[at] = 1 - (within - left);
        weight[at + 1] = within - left;
      }
      case CUBIC -> {
        int left = (int) within;
        for (int k = 0; k < 4; k++) {
          index[at + k] = CubicSpline.mirror(left - 1 + k, length);
        }
        CubicSpline.weights(within - left, weight, at);
      }
    }
    return true;
  }

  int perPlace() {
    return perPlace;
  }

  boolean isOutside(int place) {
    return outside[place];
  }

  int index(int place, int k) {
    return index[place * perPlace + k];
  }

  double weight(int place, int k) {
    return weight[place * perPlace + k];
  }
}
