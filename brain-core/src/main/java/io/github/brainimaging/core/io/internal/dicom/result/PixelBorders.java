package io.github.brainimaging.core.io.internal.dicom.result;

import io.github.brainimaging.core.image.Mask;
import java.util.ArrayList;
import java.util.List;

/**
 * The borders of a mask as polygons along the sides of its pixels, so that what they enclose is the
 * mask itself. Pixels that only touch at a corner are apart. A hole is tied to the polygon around
 * it by a channel of no width, as DICOM asks for (PS3.3, C.8.8.6.3).
 */
final class PixelBorders {

  /** Right, down, left, up: the way along a side, with the pixel on the right hand. */
  private static final int[][] WAYS = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};

  private final Mask mask;

  /** For each corner and way, whether a side of the border begins there. */
  private final boolean[] sides;

  private PixelBorders(Mask mask) {
    this.mask = mask;
    this.sides = new boolean[(mask.width() + 1) * (mask.height() + 1) * WAYS.length];
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (isInside(x, y)) {
          sides[side(x, y, 0)] = !isInside(x, y - 1);
          sides[side(x + 1, y, 1)] = !isInside(x + 1, y);
          sides[side(x + 1, y + 1, 2)] = !isInside(x, y + 1);
          sides[side(x, y + 1, 3)] = !isInside(x - 1, y);
        }
      }
    }
  }

  /**
   * Walks around a mask.
   *
   * @param mask a slice
   * @return for each region the corners of its border, x and y in turn, counted from the upper left
   *     corner of the first pixel
   */
  static List<int[]> of(Mask mask) {
    PixelBorders borders = new PixelBorders(mask);
    List<int[]> outer = new ArrayList<>();
    List<int[]> holes = new ArrayList<>();
    boolean[] walked = new boolean[borders.sides.length];
    for (int side = 0; side < walked.length; side++) {
      if (borders.sides[side] && !walked[side]) {
        int[] polygon = borders.walk(side, walked);
        (area(polygon) > 0 ? outer : holes).add(polygon);
      }
    }
    for (int[] hole : holes) {
      int around = -1;
      for (int i = 0; i < outer.size(); i++) {
        boolean smaller = around < 0 || area(outer.get(i)) < area(outer.get(around));
        if (smaller && contains(outer.get(i), hole)) {
          around = i;
        }
      }
      outer.set(around, tied(outer.get(around), hole));
    }
    return outer;
  }

  private boolean isInside(int x, int y) {
    return x >= 0 && y >= 0 && x < mask.width() && y < mask.height() && mask.get(x, y);
  }

  private int side(int x, int y, int way) {
    return (y * (mask.width() + 1) + x) * WAYS.length + way;
  }

  /** Follows the sides from one of them back to it; corners are where the way turns. */
  private int[] walk(int start, boolean[] walked) {
    int way = start % WAYS.length;
    int corner = start / WAYS.length;
    int x = corner % (mask.width() + 1);
    int y = corner / (mask.width() + 1);
    List<Integer> corners = new ArrayList<>();
    do {
      walked[side(x, y, way)] = true;
      x += WAYS[way][0];
      y += WAYS[way][1];
      int next = next(x, y, way);
      if (next != way) {
        corners.add(x);
        corners.add(y);
      }
      way = next;
    } while (side(x, y, way) != start);
    return corners.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * The way on: a right turn first, which stays with the pixel where two touch; else a left one.
   */
  private int next(int x, int y, int way) {
    for (int turn = 1; turn >= 0; turn--) {
      int next = (way + turn) % WAYS.length;
      if (sides[side(x, y, next)]) {
        return next;
      }
    }
    return (way + 3) % WAYS.length;
  }

  /** Twice the area: above 0 around pixels, below around holes. */
  private static long area(int[] polygon) {
    long sum = 0;
    for (int i = 0; i < polygon.length; i += 2) {
      int j = (i + 2) % polygon.length;
      sum += (long) polygon[i] * polygon[j + 1] - (long) polygon[j] * polygon[i + 1];
    }
    return sum;
  }

  /** Whether the middle of an upright side of the hole, which no other polygon has, lies within. */
  private static boolean contains(int[] polygon, int[] hole) {
    int upright = hole[0] == hole[2] ? 0 : 2;
    int x = hole[upright];
    double y = Math.min(hole[upright + 1], hole[(upright + 3) % hole.length]) + 0.5;
    boolean inside = false;
    for (int i = 0; i < polygon.length; i += 2) {
      int j = (i + 2) % polygon.length;
      boolean crosses = (polygon[i + 1] > y) != (polygon[j + 1] > y);
      inside ^= crosses && polygon[i] > x;
    }
    return inside;
  }

  /** The border, over the shortest channel around the hole, and back. */
  private static int[] tied(int[] border, int[] hole) {
    int at = 0;
    int to = 0;
    long nearest = Long.MAX_VALUE;
    for (int i = 0; i < border.length; i += 2) {
      for (int j = 0; j < hole.length; j += 2) {
        long dx = (long) border[i] - hole[j];
        long dy = (long) border[i + 1] - hole[j + 1];
        if (dx * dx + dy * dy < nearest) {
          nearest = dx * dx + dy * dy;
          at = i;
          to = j;
        }
      }
    }
    int[] tied = new int[border.length + hole.length + 4];
    System.arraycopy(border, 0, tied, 0, at + 2);
    for (int j = 0; j <= hole.length; j += 2) {
      tied[at + 2 + j] = hole[(to + j) % hole.length];
      tied[at + 3 + j] = hole[(to + j + 1) % hole.length];
    }
    System.arraycopy(border, at, tied, at + hole.length + 4, border.length - at);
    return tied;
  }
}
