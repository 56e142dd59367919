package io.github.brainimaging.segmentation.internal;

import io.github.brainimaging.core.grid.Components;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The connected regions of a packed mask. They are numbered 1, 2, ... in the order in which a scan
 * row by row meets them.
 */
public final class Regions {

  private final int width;
  private final int height;
  private final Components.Runs runs;
  private final Components components;

  private Regions(BitMask mask, int sliceHeight, boolean diagonal) {
    width = mask.width();
    height = mask.height();
    runs = runs(mask);
    components =
        Components.of(
            runs,
            sliceHeight,
            diagonal ? Components.Neighbors.CORNERS_IN_SLICE : Components.Neighbors.SIDES);
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

  private static Components.Runs runs(BitMask mask) {
    int width = mask.width();
    int[] bounds = new int[512];
    int[] rowStart = new int[mask.height() + 1];
    int stride = BitMask.stride(width);
    long[] words = mask.words();
    int n = 0;
    for (int y = 0; y < mask.height(); y++) {
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
    return new Components.Runs(bounds, rowStart);
  }

  /**
   * The number of regions.
   *
   * @return 0 or more
   */
  public int count() {
    return components.count();
  }

  /**
   * The number of pixels of a region.
   *
   * @param region 1 to {@link #count()}
   * @return positive
   */
  public int size(int region) {
    return components.size(region);
  }

  /**
   * The number of pixels of the largest region.
   *
   * @return 0 if there is no region
   */
  public int largestSize() {
    int largest = 0;
    for (int region = 1; region <= count(); region++) {
      largest = Math.max(largest, size(region));
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
    while (best <= count() && size(best) < largest) {
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
    boolean[] kept = new boolean[count() + 1];
    for (int region = 1; region < kept.length; region++) {
      kept[region] = condition.test(region);
    }
    int stride = BitMask.stride(width);
    long[] words = new long[stride * height];
    int[] bounds = runs.bounds();
    int[] rowStart = runs.rowStart();
    for (int y = 0; y < height; y++) {
      for (int run = rowStart[y]; run < rowStart[y + 1]; run++) {
        if (kept[components.ofRun(run)]) {
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
    boolean[] touches = components.atBorder(width);
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
    int[] sizes = new int[count() + 1];
    int[] bounds = runs.bounds();
    int[] rowStart = runs.rowStart();
    for (int y = 0; y < height; y++) {
      for (int run = rowStart[y]; run < rowStart[y + 1]; run++) {
        sizes[components.ofRun(run)] +=
            BitMask.count(mask.words(), y * stride, bounds[2 * run], bounds[2 * run + 1] - 1);
      }
    }
    return sizes;
  }
}
