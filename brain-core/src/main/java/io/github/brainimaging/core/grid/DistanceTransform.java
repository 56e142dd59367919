package io.github.brainimaging.core.grid;

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

  /** Heights of the parabolas of a run, and of the cells before and behind it. */
  private final double[] line;

  /** The cells whose parabolas make the envelope, and where each begins to be the lowest. */
  private final int[] site;

  private final double[] from;

  private DistanceTransform(double[] squared, boolean beyond, int longest) {
    this.squared = squared;
    this.beyond = beyond;
    line = new double[longest + 2];
    site = new int[longest + 2];
    from = new double[longest + 2];
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
    DistanceTransform transform =
        new DistanceTransform(new double[cells.length], beyond, Math.max(width, depth));
    int[] steps = new int[slice];
    for (int z = 0; z < depth; z++) {
      transform.downColumns(cells, wanted, z * slice, width, steps);
      transform.alongRows(steps, z * slice, width, spacing);
    }
    if (depth > 1) {
      for (int start = 0; start < slice; start++) {
        transform.along(start, slice, depth, spacing[2]);
      }
    }
    return transform.squared;
  }

  /** Counts the steps to the nearest cell of the set in the same column of a slice. */
  private void downColumns(boolean[] cells, boolean wanted, int start, int width, int[] steps) {
    int edge = beyond ? 0 : NOWHERE;
    for (int i = 0; i < steps.length; i++) {
      int above = i < width ? edge : steps[i - width];
      steps[i] = cells[start + i] == wanted ? 0 : Math.min(above + 1, NOWHERE);
    }
    for (int i = steps.length - 1; i >= 0; i--) {
      int below = i >= steps.length - width ? edge : steps[i + width];
      steps[i] = Math.min(steps[i], below + 1);
    }
  }

  /** The rows of a slice, from the steps down its columns. */
  private void alongRows(int[] steps, int start, int width, double[] spacing) {
    for (int row = 0; row < steps.length; row += width) {
      int x = 0;
      while (x < width) {
        if (steps[row + x] == 0) {
          x++;
          continue;
        }
        int first = x;
        while (x < width && steps[row + x] != 0) {
          double distance = steps[row + x] * spacing[1];
          line[x - first + 1] =
              steps[row + x] >= NOWHERE ? Double.POSITIVE_INFINITY : distance * distance;
          x++;
        }
        run(start + row, 1, first, x, width, spacing[0]);
      }
    }
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
      while (x < n && squared[start + x * stride] != 0) {
        line[x - first + 1] = squared[start + x * stride];
        x++;
      }
      run(start, stride, first, x, n, spacing);
    }
  }

  /** The run from first to before end, whose heights are in the line; of n cells in all. */
  private void run(int start, int stride, int first, int end, int n, double spacing) {
    line[0] = first > 0 || beyond ? 0 : Double.POSITIVE_INFINITY;
    line[end - first + 1] = end < n || beyond ? 0 : Double.POSITIVE_INFINITY;
    lowerEnvelope(start + first * stride, stride, end - first, spacing);
  }

  /** Puts min over q of {@code line[q] + (spacing (x - q))^2} in the place of every cell. */
  private void lowerEnvelope(int start, int stride, int length, double spacing) {
    double unit = spacing * spacing;
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
    if (last < 0) {
      for (int x = 0; x < length; x++) {
        squared[start + x * stride] = Double.POSITIVE_INFINITY;
      }
      return;
    }
    for (int x = 1, k = 0; x <= length; x++) {
      while (k < last && from[k + 1] < x) {
        k++;
      }
      double distance = spacing * (x - site[k]);
      squared[start + (x - 1) * stride] = line[site[k]] + distance * distance;
    }
  }
}
