package io.github.brainimaging.core.geometry;

import io.github.brainimaging.core.image.VolumeGrid;

/**
 * The cubic B-spline through samples on a grid (Unser, Aldroubi and Eden, "B-spline signal
 * processing", 1993): its coefficients, and the weights of the four around a point.
 */
final class CubicSpline {

  private static final double POLE = Math.sqrt(3) - 2;

  /** The pole to this power is below double precision. */
  private static final int HORIZON = 60;

  private CubicSpline() {}

  /** Replaces the samples of one or more channels by coefficients, along each axis in turn. */
  static void toCoefficients(VolumeGrid grid, float[] samples) {
    int plane = grid.width() * grid.height();
    int[] lengths = {grid.width(), grid.height(), grid.depth()};
    int[] strides = {1, grid.width(), plane};
    for (int axis = 0; axis < 3; axis++) {
      int length = lengths[axis];
      if (length == 1) {
        continue;
      }
      int stride = strides[axis];
      double[] line = new double[length];
      for (int block = 0; block < samples.length; block += length * stride) {
        for (int start = block; start < block + stride; start++) {
          filter(samples, start, stride, line);
        }
      }
    }
  }

  private static void filter(float[] samples, int start, int stride, double[] line) {
    int n = line.length;
    for (int i = 0; i < n; i++) {
      line[i] = 6 * samples[start + i * stride];
    }
    int period = 2 * n - 2;
    double sum = 0;
    double power = 1;
    for (int k = 0; k < Math.min(period, HORIZON); k++) {
      sum += power * line[mirror(k, n)];
      power *= POLE;
    }
    line[0] = sum / (1 - Math.pow(POLE, period));
    for (int i = 1; i < n; i++) {
      line[i] += POLE * line[i - 1];
    }
    line[n - 1] = POLE / (POLE * POLE - 1) * (line[n - 1] + POLE * line[n - 2]);
    for (int i = n - 2; i >= 0; i--) {
      line[i] = POLE * (line[i + 1] - line[i]);
    }
    for (int i = 0; i < n; i++) {
      samples[start + i * stride] = (float) line[i];
    }
  }

  /** The index on a line that is mirrored at its first and last sample. */
  static int mirror(int i, int n) {
    if (n == 1) {
      return 0;
    }
    int period = 2 * n - 2;
    int inPeriod = Math.floorMod(i, period);
    return inPeriod < n ? inPeriod : period - inPeriod;
  }

  /** The weights of the coefficients at -1, 0, 1 and 2 for a point between 0 and 1. */
  static void weights(double fraction, double[] weights, int at) {
    double rest = 1 - fraction;
    weights[at] = rest * rest * rest / 6;
    weights[at + 1] = 2.0 / 3 - fraction * fraction * (2 - fraction) / 2;
    weights[at + 2] = 2.0 / 3 - rest * rest * (2 - rest) / 2;
    weights[at + 3] = fraction * fraction * fraction / 6;
  }
}
