package io.github.brainimaging.models.stripping;

import java.util.random.RandomGenerator;

/** Random values at the nodes of a lattice over the unit cube, linear in between. */
final class SmoothField {

  private final int nodes;
  private final double[] values;

  private SmoothField(int nodes, double[] values) {
    this.nodes = nodes;
    this.values = values;
  }

  /** Normally distributed values of this spread. */
  static SmoothField random(int nodes, double spread, RandomGenerator random) {
    double[] values = new double[nodes * nodes * nodes];
    for (int i = 0; i < values.length; i++) {
      values[i] = spread * random.nextGaussian();
    }
    return new SmoothField(nodes, values);
  }

  /** The value at a place of the unit cube. */
  double at(double u, double v, double w) {
    double x = u * (nodes - 1);
    double y = v * (nodes - 1);
    double z = w * (nodes - 1);
    int i = Math.min(nodes - 2, (int) x);
    int j = Math.min(nodes - 2, (int) y);
    int k = Math.min(nodes - 2, (int) z);
    double fx = x - i;
    double fy = y - j;
    int at = (k * nodes + j) * nodes + i;
    double low = plane(at, fx, fy);
    return low + (z - k) * (plane(at + nodes * nodes, fx, fy) - low);
  }

  private double plane(int at, double fx, double fy) {
    double back = values[at] + fx * (values[at + 1] - values[at]);
    double front = values[at + nodes] + fx * (values[at + nodes + 1] - values[at + nodes]);
    return back + fy * (front - back);
  }
}
