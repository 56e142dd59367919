package io.github.brainimaging.core.bias;

/**
 * The uniform cubic B-splines along one axis at chosen voxels: voxel i is touched by the control
 * points {@code first(i)} to {@code first(i) + 3}.
 */
final class SplineAxis {

  static final int ORDER = 4;

  private final int controlPoints;
  private final int[] first;
  private final double[] weights;

  private SplineAxis(int controlPoints, int count) {
    this.controlPoints = controlPoints;
    this.first = new int[count];
    this.weights = new double[ORDER * count];
  }

  /** At every {@code step}-th voxel, beginning in the middle of the first step. */
  static SplineAxis of(int intervals, int voxels, int step) {
    int count = (voxels + step - 1) / step;
    SplineAxis axis = new SplineAxis(intervals + ORDER - 1, count);
    for (int i = 0; i < count; i++) {
      double at = (voxel(i, voxels, step) + 0.5) / voxels * intervals;
      int interval = Math.min((int) at, intervals - 1);
      axis.first[i] = interval;
      double t = at - interval;
      double s = 1 - t;
      axis.weights[ORDER * i] = s * s * s / 6;
      axis.weights[ORDER * i + 1] = (3 * t * t * t - 6 * t * t + 4) / 6;
      axis.weights[ORDER * i + 2] = (3 * s * s * s - 6 * s * s + 4) / 6;
      axis.weights[ORDER * i + 3] = t * t * t / 6;
    }
    return axis;
  }

  /** The voxel of the i-th place. */
  static int voxel(int i, int voxels, int step) {
    return Math.min(i * step + step / 2, voxels - 1);
  }

  int controlPoints() {
    return controlPoints;
  }

  int count() {
    return first.length;
  }

  int first(int i) {
    return first[i];
  }

  /** Four weights a place; they sum to 1. */
  double[] weights() {
    return weights;
  }

  double[] squaredWeights() {
    double[] squares = new double[weights.length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = weights[i] * weights[i];
    }
    return squares;
  }

  /** The weights cubed, divided by the sum of the squares of each place. */
  double[] fittingWeights() {
    double[] squares = squaredWeights();
    double[] fitting = new double[weights.length];
    for (int i = 0; i < fitting.length; i += ORDER) {
      double sum = squares[i] + squares[i + 1] + squares[i + 2] + squares[i + 3];
      for (int k = i; k < i + ORDER; k++) {
        fitting[k] = squares[k] * weights[k] / sum;
      }
    }
    return fitting;
  }
}
