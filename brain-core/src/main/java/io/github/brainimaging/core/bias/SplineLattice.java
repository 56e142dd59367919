package io.github.brainimaging.core.bias;

/**
 * Fits a B-spline field to scattered values as S. Lee, G. Wolberg, S. Shin: Scattered data
 * interpolation with multilevel B-splines, IEEE Trans. Visualization and Computer Graphics 3(3),
 * 1997, 228, do on one level, which N4ITK uses too.
 *
 * <p>With w the weight of a control point at a voxel (a product over the axes), a control point is
 * {@code sum(w^3 v / S) / sum(w^2)} over the voxels v, with S the sum of the squares of all weights
 * of a voxel. As the voxels lie on a grid, all of this is done axis by axis: four products a voxel
 * instead of sixty-four.
 */
final class SplineLattice {

  private static final int ORDER = SplineAxis.ORDER;

  private final SplineAxis x;
  private final SplineAxis y;
  private final SplineAxis z;

  SplineLattice(SplineAxis x, SplineAxis y, SplineAxis z) {
    this.x = x;
    this.y = y;
    this.z = z;
  }

  /** The denominators of all control points, for voxels that count (1) or do not (0). */
  double[] denominators(double[] counting) {
    return gather(counting, x.squaredWeights(), y.squaredWeights(), z.squaredWeights());
  }

  /** Adds to control points what fits values that are 0 where a voxel does not count. */
  void improve(double[] points, double[] values, double[] denominators) {
    double[] sums = gather(values, x.fittingWeights(), y.fittingWeights(), z.fittingWeights());
    for (int i = 0; i < points.length; i++) {
      points[i] += denominators[i] > 0 ? sums[i] / denominators[i] : 0;
    }
  }

  private double[] gather(double[] values, double[] ofX, double[] ofY, double[] ofZ) {
    int columns = x.controlPoints();
    int plane = columns * y.controlPoints();
    double[] points = new double[plane * z.controlPoints()];
    int i = 0;
    for (int c = 0; c < z.count(); c++) {
      double[] inPlane = new double[plane];
      for (int b = 0; b < y.count(); b++) {
        double[] row = new double[columns];
        for (int a = 0; a < x.count(); a++, i++) {
          spread(values[i], ofX, ORDER * a, row, x.first(a));
        }
        for (int k = 0; k < ORDER; k++) {
          add(row, 0, ofY[ORDER * b + k], inPlane, (y.first(b) + k) * columns, columns);
        }
      }
      for (int k = 0; k < ORDER; k++) {
        add(inPlane, 0, ofZ[ORDER * c + k], points, (z.first(c) + k) * plane, plane);
      }
    }
    return points;
  }

  private static void spread(double value, double[] weights, int w, double[] to, int at) {
    to[at] += weights[w] * value;
    to[at + 1] += weights[w + 1] * value;
    to[at + 2] += weights[w + 2] * value;
    to[at + 3] += weights[w + 3] * value;
  }

  /** Adds the field of all slices to an array. */
  void addField(double[] points, double[] to) {
    for (int slice = 0; slice < z.count(); slice++) {
      addSlice(points, slice, to, slice * x.count() * y.count());
    }
  }

  /** Adds the field of one slice to an array that begins with it at an offset. */
  void addSlice(double[] points, int slice, double[] to, int offset) {
    int columns = x.controlPoints();
    int plane = columns * y.controlPoints();
    double[] inPlane = new double[plane];
    for (int k = 0; k < ORDER; k++) {
      double weight = z.weights()[ORDER * slice + k];
      add(points, (z.first(slice) + k) * plane, weight, inPlane, 0, plane);
    }
    double[] weights = x.weights();
    int i = offset;
    for (int b = 0; b < y.count(); b++) {
      double[] row = new double[columns];
      for (int k = 0; k < ORDER; k++) {
        double weight = y.weights()[ORDER * b + k];
        add(inPlane, (y.first(b) + k) * columns, weight, row, 0, columns);
      }
      for (int a = 0; a < x.count(); a++, i++) {
        int w = ORDER * a;
        int at = x.first(a);
        to[i] +=
            weights[w] * row[at]
                + weights[w + 1] * row[at + 1]
                + weights[w + 2] * row[at + 2]
                + weights[w + 3] * row[at + 3];
      }
    }
  }

  private static void add(double[] from, int start, double weight, double[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] += weight * from[start + i];
    }
  }
}
