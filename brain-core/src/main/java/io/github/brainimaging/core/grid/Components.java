package io.github.brainimaging.core.grid;

import java.util.Arrays;

/**
 * The connected parts of a set of cells as runs, joined row by row (union-find: A. Rosenfeld, J. L.
 * Pfaltz, "Sequential Operations in Digital Picture Processing", 1966). They are numbered 1, 2, ...
 * in the order in which a scan row by row meets them.
 */
public final class Components {

  /** Which cells are neighbors. */
  public enum Neighbors {
    /** Those that share a side: 4 in a slice, 6 in a volume. */
    SIDES,
    /**
     * In a slice also those that touch at a corner, 8; from slice to slice those that overlap or
     * touch along a row.
     */
    CORNERS_IN_SLICE,
    /** Those that touch at least at a corner: 8 in a slice, 26 in a volume. */
    CORNERS
  }

  /**
   * The runs of cells in rows.
   *
   * @param bounds first column of a run and the column after its last one, in turn
   * @param rowStart the runs of row y are those from {@code rowStart[y]} to {@code rowStart[y + 1]}
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  public record Runs(int[] bounds, int[] rowStart) {

    /**
     * The runs of true cells.
     *
     * @param cells row after row
     * @param width columns
     * @return the runs
     */
    public static Runs of(boolean[] cells, int width) {
      int[] bounds = new int[512];
      int[] rowStart = new int[cells.length / width + 1];
      int n = 0;
      for (int y = 0; y + 1 < rowStart.length; y++) {
        boolean before = false;
        for (int x = 0; x < width; x++) {
          boolean inside = cells[y * width + x];
          if (inside != before) {
            bounds = n + 2 > bounds.length ? Arrays.copyOf(bounds, 2 * bounds.length) : bounds;
            bounds[n++] = x;
            before = inside;
          }
        }
        if (before) {
          bounds[n++] = width;
        }
        rowStart[y + 1] = n >> 1;
      }
      return new Runs(bounds, rowStart);
    }

    /**
     * The number of runs.
     *
     * @return 0 or more
     */
    public int count() {
      return rowStart[rowStart.length - 1];
    }
  }

  private final int[] bounds;
  private final int[] rowStart;
  private final int sliceHeight;

  /** The component of every run. */
  private final int[] label;

  private final int[] size;

  private Components(Runs runs, int sliceHeight, Neighbors neighbors) {
    this.bounds = runs.bounds();
    this.rowStart = runs.rowStart();
    this.sliceHeight = sliceHeight;
    label = new int[runs.count()];
    joinAll(neighbors);
    int count = 0;
    for (int run = 0; run < label.length; run++) {
      // A root is the first run of its component, so its number is there before others need it.
      label[run] = label[run] == run ? ++count : label[label[run]];
    }
    size = new int[count + 1];
    for (int run = 0; run < label.length; run++) {
      size[label[run]] += bounds[2 * run + 1] - bounds[2 * run];
    }
  }

  /**
   * Finds the components.
   *
   * @param runs of slices one below the other
   * @param sliceHeight rows of a slice; all rows of an image
   * @param neighbors which cells are connected
   * @return the components
   */
  public static Components of(Runs runs, int sliceHeight, Neighbors neighbors) {
    return new Components(runs, sliceHeight, neighbors);
  }

  /** Makes {@code label} a forest: every run points to an earlier one, roots to themselves. */
  private void joinAll(Neighbors neighbors) {
    int touch = neighbors == Neighbors.SIDES ? 0 : 1;
    int rows = rowStart.length - 1;
    Arrays.setAll(label, run -> run);
    for (int y = 0; y < rows; y++) {
      int inSlice = y % sliceHeight;
      if (inSlice != 0) {
        joinRows(y - 1, y, touch);
      }
      int before = y - sliceHeight;
      if (before >= 0) {
        joinRows(before, y, touch);
        if (neighbors == Neighbors.CORNERS && inSlice > 0) {
          joinRows(before - 1, y, touch);
        }
        if (neighbors == Neighbors.CORNERS && inSlice < sliceHeight - 1) {
          joinRows(before + 1, y, touch);
        }
      }
    }
    for (int run = 0; run < label.length; run++) {
      label[run] = label[label[run]];
    }
  }

  private void joinRows(int before, int row, int touch) {
    int first = rowStart[before];
    int last = rowStart[before + 1];
    for (int run = rowStart[row]; run < rowStart[row + 1]; run++) {
      while (first < last && bounds[2 * first + 1] + touch <= bounds[2 * run]) {
        first++;
      }
      for (int a = first; a < last && bounds[2 * a] < bounds[2 * run + 1] + touch; a++) {
        join(a, run);
      }
    }
  }

  private void join(int a, int b) {
    int rootA = root(a);
    int rootB = root(b);
    label[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  private int root(int run) {
    int root = run;
    while (label[root] != root) {
      label[root] = label[label[root]];
      root = label[root];
    }
    return root;
  }

  /**
   * The number of components.
   *
   * @return 0 or more
   */
  public int count() {
    return size.length - 1;
  }

  /**
   * The number of cells of a component.
   *
   * @param component 1 to {@link #count()}
   * @return positive
   */
  public int size(int component) {
    return size[component];
  }

  /**
   * The component of a run.
   *
   * @param run its index
   * @return 1 to {@link #count()}
   */
  public int ofRun(int run) {
    return label[run];
  }

  /**
   * The component of every cell.
   *
   * @param width columns
   * @return a new array, row after row: 0 outside, else 1 to {@link #count()}
   */
  public int[] ofCells(int width) {
    int[] cells = new int[width * (rowStart.length - 1)];
    for (int y = 0; y + 1 < rowStart.length; y++) {
      for (int run = rowStart[y]; run < rowStart[y + 1]; run++) {
        Arrays.fill(
            cells, y * width + bounds[2 * run], y * width + bounds[2 * run + 1], label[run]);
      }
    }
    return cells;
  }

  /**
   * Which components have a cell at the border of the image or volume.
   *
   * @param width columns
   * @return for every component whether; at 0 false
   */
  public boolean[] atBorder(int width) {
    boolean[] touches = new boolean[size.length];
    int height = rowStart.length - 1;
    for (int y = 0; y < height; y++) {
      int inSlice = y % sliceHeight;
      boolean last = height > sliceHeight && (y < sliceHeight || y >= height - sliceHeight);
      boolean outermost = last || inSlice == 0 || inSlice == sliceHeight - 1;
      for (int run = rowStart[y]; run < rowStart[y + 1]; run++) {
        boolean border = outermost || bounds[2 * run] == 0 || bounds[2 * run + 1] == width;
        touches[label[run]] |= border;
      }
    }
    return touches;
  }
}
