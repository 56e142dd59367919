package io.github.brainimaging.core.internal;

/**
 * The exact Euclidean distance of every cell to the nearest cell of a set, in linear time: along
 * each axis in turn the lower envelope of the parabolas that stand on the squared distances so far
 * (Felzenszwalb and Huttenlocher, Theory of Computing 8, 2012, 415).
 *
 * <p>Two things make it fast for slices and volumes alike. Down the columns no parabola is needed:
 * steps are counted, row by row. And between two cells of the set in a line no parabola from beyond
 * can be the lowest, so that each run between them is for itself.
 */
public final class DistanceTransform {

  /** Steps to a cell that is not there: more than any column is long. */
  private static final int NOWHERE = 1 << 30;

  private final double[] squared;
  private final boolean beyond;
  private double[] line = new double[0];
  private int[] site = new int[0];
  private double[] from = new double[0];

  private DistanceTransform(double[] squared, boolean beyond) {
    this.squared = squared;
    this.beyond = beyond;
  }

  /**
   * For every cell, the squared distance to the nearest cell of a set.
   *
   * @param cells slice after slice, row after row
   * @param wanted the value of the cells that belong to the set
   * @param width columns
   * @param height rows
   * @param spacing distance between columns, between rows and between slices
   * @param beyond whether what lies beyond the border belongs to the set; of one slice, what lies
   *     beyond its columns and rows
   * @return a new array; infinite if the set is empty
   */
  public static double[] squared(
      boolean[] cells, boolean wanted, int width, int height, double[] spacing, boolean beyond) {
    int slice = width * height;
    int depth = cells.length / slice;
    DistanceTransform transform = new DistanceTransform(new double[cells.length], beyond);
    for (int z = 0; z < depth; z++) {
      transform.downColumns(cells, wanted, z * slice, width, height, spacing[1]);
    }
    transform.begin(width);
    for (int row = 0; row < cells.length; row += width) {
      transform.along(row, 1, width, spacing[0]);
    }
    if (depth > 1) {
      transform.begin(depth);
      for (int start = 0; start < slice; start++) {
        transform.along(start, slice, depth, spacing[2]);
      }
    }
    return transform.squared;
  }

  private void downColumns(
      boolean[] cells, boolean wanted, int start, int width, int height, double spacing) {
    int[] steps = new int[width * height];
    int edge = beyond ? 0 : NOWHERE;
    for (int i = 0; i < steps.length; i++) {
      int above = i < width ? edge : steps[i - width];
      steps[i] = cells[start + i] == wanted ? 0 : Math.min(above + 1, NOWHERE);
    }
    for (int i = steps.length - 1; i >= 0; i--) {
      int below = i >= steps.length - width ? edge : steps[i + width];
      int nearest = Math.min(steps[i], below + 1);
      steps[i] = nearest;
      double distance = nearest * spacing;
      squared[start + i] = nearest >= NOWHERE ? Double.POSITIVE_INFINITY : distance * distance;
    }
  }

  private void begin(int length) {
    line = new double[length + 2];
    site = new int[length + 2];
    from = new double[length + 2];
  }

  /** One line: n cells, a stride apart. */
  private void along(int start, int stride, int n, double spacing) {
    int x = 0;
    while (x < n) {
      if (squared[start + x * stride] == 0) {
        x++;
        continue;
      }
      int first = x;
      line[0] = first > 0 || beyond ? 0 : Double.POSITIVE_INFINITY;
      while (x < n && squared[start + x * stride] != 0) {
        line[x - first + 1] = squared[start + x * stride];
        x++;
      }
      int length = x - first;
      line[length + 1] = x < n || beyond ? 0 : Double.POSITIVE_INFINITY;
      lowerEnvelope(start + first * stride, stride, length, spacing);
    }
  }

  /** Puts min over q of {@code line[q] + (spacing (x - q))^2} in the place of every cell. */
  private void lowerEnvelope(int start, int stride, int length, double spacing) {
    double unit = spacing * spacing;
    // The cells whose parabolas make the envelope, and where each of them begins to be the lowest.
    int last = -1;
    for (int q = 0; q < length + 2; q++) {
      double height = line[q];
      if (height == Double.POSITIVE_INFINITY) {
        continue;
      }
      double begin = Double.NEGATIVE_INFINITY;
      while (last >= 0) {
        int p = site[last];
        begin = ((height - line[p]) / unit + (double) (q - p) * (q + p)) / (2.0 * (q - p));
        if (begin > from[last]) {
          break;
        }
        last--;
      }
      last++;
      site[last] = q;
      from[last] = last == 0 ? Double.NEGATIVE_INFINITY : begin;
    }
    for (int x = 1, k = 0; last >= 0 && x <= length; x++) {
      while (k < last && from[k + 1] < x) {
        k++;
      }
      double distance = spacing * (x - site[k]);
      squared[start + (x - 1) * stride] = line[site[k]] + distance * distance;
    }
  }
}
