package io.github.brainimaging.core.measure;

import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.measure.Lesion.Diameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A region on one slice: what its convex hull needs, the first and last pixel of each row. */
final class Section {

  private record Point(double x, double y) {
    double distance(Point other) {
      return Math.hypot(x - other.x, y - other.y);
    }

    /** Positive where the way to b by this point turns to the left. */
    double turn(Point a, Point b) {
      return (x - a.x) * (b.y - y) - (y - a.y) * (b.x - x);
    }
  }

  private final Map<Integer, int[]> rows = new TreeMap<>();
  private int pixels;

  void add(int x, int y) {
    pixels++;
    int[] ends = rows.computeIfAbsent(y, row -> new int[] {x, x});
    ends[0] = Math.min(ends[0], x);
    ends[1] = Math.max(ends[1], x);
  }

  int pixels() {
    return pixels;
  }

  /** The lengths of a region: of its largest section, and of all of them together. */
  static Diameters diameters(@Nullable Section[] sections, VoxelSpacing step) {
    List<List<Point>> hulls = new ArrayList<>();
    double inPlane = 0;
    double across = 0;
    double product = 0;
    for (Section section : sections) {
      List<Point> hull = section == null ? List.of() : section.hull(step);
      hulls.add(hull);
      double[] both = longest(hull);
      product = Math.max(product, both[0] * both[1]);
      if (both[0] > inPlane) {
        inPlane = both[0];
        across = both[1];
      }
    }
    return new Diameters(inPlane, across, inSpace(hulls, step.z()), product);
  }

  /** The largest diameter of a hull, and how far it reaches across. */
  private static double[] longest(List<Point> hull) {
    double longest = 0;
    double across = 0;
    for (int i = 0; i < hull.size(); i++) {
      for (int j = 0; j < i; j++) {
        double length = hull.get(i).distance(hull.get(j));
        if (length > longest) {
          longest = length;
          across = width(hull, hull.get(i), hull.get(j));
        }
      }
    }
    return new double[] {longest, across};
  }

  private static double inSpace(List<List<Point>> hulls, double stepZ) {
    double largest = 0;
    for (int lower = 0; lower < hulls.size(); lower++) {
      for (int upper = lower; upper < hulls.size(); upper++) {
        double height = (upper - lower + 1) * stepZ;
        for (Point a : hulls.get(lower)) {
          for (Point b : hulls.get(upper)) {
            largest = Math.max(largest, Math.hypot(a.distance(b), height));
          }
        }
      }
    }
    return largest;
  }

  /** How far a hull reaches across the line from a to b. */
  private static double width(List<Point> hull, Point a, Point b) {
    double length = a.distance(b);
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Point point : hull) {
      double aside = ((point.x - a.x) * (b.y - a.y) - (point.y - a.y) * (b.x - a.x)) / length;
      least = Math.min(least, aside);
      most = Math.max(most, aside);
    }
    return most - least;
  }

  /**
   * Pixels whose center lies in the convex hull, on its border too, of the middles of the pixels'
   * sides, as in scikit-image's convex_hull_image.
   */
  int pixelsOfHull() {
    List<Point> middles = new ArrayList<>();
    rows.forEach(
        (y, ends) -> {
          // In half pixels, so that all are whole numbers.
          for (int x : ends) {
            middles.add(new Point(2 * x - 1, 2 * y));
            middles.add(new Point(2 * x + 1, 2 * y));
            middles.add(new Point(2 * x, 2 * y - 1));
            middles.add(new Point(2 * x, 2 * y + 1));
          }
        });
    List<Point> hull = hull(middles);
    int left = rows.values().stream().mapToInt(ends -> ends[0]).min().orElse(0);
    int right = rows.values().stream().mapToInt(ends -> ends[1]).max().orElse(-1);
    int count = 0;
    for (int y = Collections.min(rows.keySet()); y <= Collections.max(rows.keySet()); y++) {
      for (int x = left; x <= right; x++) {
        count += contains(hull, new Point(2 * x, 2 * y)) ? 1 : 0;
      }
    }
    return count;
  }

  private static boolean contains(List<Point> hull, Point place) {
    for (int i = 0; i < hull.size(); i++) {
      if (hull.get((i + 1) % hull.size()).turn(hull.get(i), place) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The convex hull of the corners of the pixels, in mm. */
  private List<Point> hull(VoxelSpacing step) {
    List<Point> corners = new ArrayList<>();
    rows.forEach(
        (y, ends) -> {
          for (int below = 0; below < 2; below++) {
            corners.add(new Point(ends[0] * step.x(), (y + below) * step.y()));
            corners.add(new Point((ends[1] + 1) * step.x(), (y + below) * step.y()));
          }
        });
    return hull(corners);
  }

  /** Turning to the left (A. M. Andrew, 1979). */
  private static List<Point> hull(List<Point> points) {
    points.sort(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y));
    List<Point> hull = new ArrayList<>();
    half(points, hull);
    List<Point> back = new ArrayList<>(points);
    Collections.reverse(back);
    half(back, hull);
    return hull;
  }

  /** Adds one chain of the hull, without its last point. */
  private static void half(List<Point> sorted, List<Point> hull) {
    int start = hull.size();
    for (Point next : sorted) {
      while (hull.size() - start > 1
          && hull.get(hull.size() - 1).turn(hull.get(hull.size() - 2), next) <= 0) {
        hull.remove(hull.size() - 1);
      }
      hull.add(next);
    }
    hull.remove(hull.size() - 1);
  }
}
