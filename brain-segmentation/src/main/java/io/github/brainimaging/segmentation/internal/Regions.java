package io.github.brainimaging.segmentation.internal;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The connected regions of a mask as runs of pixels, joined row by row (union-find: A. Rosenfeld,
 * J. L. Pfaltz, "Sequential Operations in Digital Picture Processing", 1966). Regions are numbered
 * 1, 2, ... in the order in which a scan row by row meets them.
 */
public final class Regions {

  private final int width;
  private final int height;

  /** Rows of a slice; all rows in an image. */
  private final int sliceHeight;

  /** First column of a run and the column after its last one, in turn. */
  private int[] bounds = new int[512];

  /** The runs of row y are those from {@code rowStart[y]} to {@code rowStart[y + 1]}. */
  private final int[] rowStart;

  /** The region of every run. */
  private final int[] label;

  private final int[] size;

  private Regions(BitMask mask, int sliceHeight, boolean diagonal) {
    this.sliceHeight = sliceHeight;
    width = mask.width();
    height = mask.height();
    rowStart = new int[height + 1];
    findRuns(mask);
    label = new int[rowStart[height]];
    joinAll(diagonal ? 1 : 0);
    int count = 0;
    for (int run = 0; run < label.length; run++) {
      // A root is the first run of its region, so its number is there before others need it.
      label[run] = label[run] == run ? ++count : label[label[run]];
    }
    size = new int[count + 1];
    for (int run = 0; run < label.length; run++) {
      size[label[run]] += bounds[2 * run + 1] - bounds[2 * run];
    }
  }

  /**
   * Finds the regions of a mask.
   *
   * @param mask the mask
   * @param diagonal whether pixels that touch at a corner only are connected
   * @return the regions
   */
  public static Regions of(BitMask mask, boolean diagonal) {
    return of(mask, mask.height(), diagonal);
  }

  /**
   * Finds the regions of a volume.
   *
   * @param mask its slices one below the other
   * @param sliceHeight rows of a slice
   * @param diagonal whether pixels of a slice that touch at a corner only are connected
   * @return the regions
   */
  static Regions of(BitMask mask, int sliceHeight, boolean diagonal) {
    return new Regions(mask, sliceHeight, diagonal);
  }

  private void findRuns(BitMask mask) {
    int stride = BitMask.stride(width);
    long[] words = mask.words();
    int n = 0;
    for (int y = 0; y < height; y++) {
      long carry = 0;
      for (int k = 0; k < stride; k++) {
        long word = words[y * stride + k];
        // A bit where a pixel differs from the one before it.
        long changes = word ^ (word << 1 | carry);
        carry = word >>> 63;
        if (n + 66 > bounds.length) {
          bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        while (changes != 0) {
          bounds[n++] = (k << 6) + Long.numberOfTrailingZeros(changes);
          changes &= changes - 1;
        }
      }
      if ((n & 1) != 0) {
        bounds[n++] = width;
      }
      rowStart[y + 1] = n >> 1;
    }
  }

  /** Makes {@code label} a forest: every run points to an earlier one, roots to themselves. */
  private void joinAll(int touch) {
    Arrays.setAll(label, run -> run);
    for (int y = 0; y < height; y++) {
      if (y % sliceHeight != 0) {
        joinRows(y - 1, y, touch);
      }
      if (y >= sliceHeight) {
        joinRows(y - sliceHeight, y, touch);
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
   * The number of regions.
   *
   * @return 0 or more
   */
  public int count() {
    return size.length - 1;
  }

  /**
   * The number of pixels of a region.
   *
   * @param region 1 to {@link #count()}
   * @return positive
   */
  public int size(int region) {
    return size[region];
  }

  /**
   * The number of pixels of the largest region.
   *
   * @return 0 if there is no region
   */
  public int largestSize() {
    int largest = 0;
    for (int s : size) {
      largest = Math.max(largest, s);
    }
    return largest;
  }

  /**
   * The region with the most pixels; of several equal ones the first.
   *
   * @return its pixels; an empty mask if there is no region
   */
  public BitMask largest() {
    int largest = largestSize();
    int best = 1;
    while (best < size.length && size[best] < largest) {
      best++;
    }
    int chosen = best;
    return keep(region -> region == chosen);
  }

  /**
   * The regions for which a condition holds, in one mask.
   *
   * @param condition asked for regions from 1 to {@link #count()}
   * @return the pixels of these regions
   */
  public BitMask keep(IntPredicate condition) {
    boolean[] kept = new boolean[size.length];
    for (int region = 1; region < kept.length; region++) {
      kept[region] = condition.test(region);
    }
    int stride = BitMask.stride(width);
    long[] words = new long[stride * height];
    for (int y = 0; y < height; y++) {
      for (int run = rowStart[y]; run < rowStart[y + 1]; run++) {
        if (kept[label[run]]) {
          BitMask.fill(words, y * stride, bounds[2 * run], bounds[2 * run + 1] - 1);
        }
      }
    }
    return new BitMask(width, height, words);
  }

  /**
   * Which regions have a pixel at the border of the image.
   *
   * @return the condition
   */
  IntPredicate atBorder() {
    boolean[] touches = new boolean[size.length];
    for (int y = 0; y < height; y++) {
      int inSlice = y % sliceHeight;
      boolean last = height > sliceHeight && (y < sliceHeight || y >= height - sliceHeight);
      boolean outermost = last || inSlice == 0 || inSlice == sliceHeight - 1;
      for (int run = rowStart[y]; run < rowStart[y + 1]; run++) {
        boolean border = outermost || bounds[2 * run] == 0 || bounds[2 * run + 1] == width;
        touches[label[run]] |= border;
      }
    }
    return region -> touches[region];
  }

  /**
   * How many pixels of every region are in a mask.
   *
   * @param mask of the same size
   * @return a new array; the number for region r is at r, at 0 there is 0
   */
  public int[] sizesIn(BitMask mask) {
    int stride = BitMask.stride(width);
    int[] sizes = new int[size.length];
    for (int y = 0; y < height; y++) {
      for (int run = rowStart[y]; run < rowStart[y + 1]; run++) {
        sizes[label[run]] +=
            BitMask.count(mask.words(), y * stride, bounds[2 * run], bounds[2 * run + 1] - 1);
      }
    }
    return sizes;
  }
}
