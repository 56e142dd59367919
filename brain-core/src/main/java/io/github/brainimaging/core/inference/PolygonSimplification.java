package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.inference.Segmentation.Point;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Leaves out points of a closed polygon that lie near the line between those that stay. */
final class PolygonSimplification {

  private PolygonSimplification() {}

  /** A polygon of at least three points, from one of at least three. */
  static List<Point> of(List<Point> polygon, double tolerance) {
    int n = polygon.size();
    // The first point stays, the one farthest from it, and the one farthest from both.
    int far = farthest(polygon, 0, n, polygon.get(0), polygon.get(0));
    boolean[] kept = new boolean[n];
    kept[0] = true;
    kept[far] = true;
    kept[farthest(polygon, 0, n, polygon.get(0), polygon.get(far))] = true;
    Deque<int[]> open = new ArrayDeque<>();
    int start = 0;
    for (int i = 1; i <= n; i++) {
      if (i == n || kept[i]) {
        open.push(new int[] {start, i});
        start = i;
      }
    }
    while (!open.isEmpty()) {
      int[] part = open.pop();
      Point from = polygon.get(part[0]);
      Point to = polygon.get(part[1] % n);
      int middle = farthest(polygon, part[0] + 1, part[1], from, to);
      if (middle >= 0 && distance(polygon.get(middle), from, to) > tolerance) {
        kept[middle] = true;
        open.push(new int[] {part[0], middle});
        open.push(new int[] {middle, part[1]});
      }
    }
    List<Point> result = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (kept[i]) {
        result.add(polygon.get(i));
      }
    }
    return result;
  }

  /** Of the points from begin to before end; -1 if there are none. */
  private static int farthest(List<Point> polygon, int begin, int end, Point from, Point to) {
    int found = -1;
    double largest = -1;
    for (int i = begin; i < end; i++) {
      double distance = distance(polygon.get(i), from, to);
      if (distance > largest) {
        largest = distance;
        found = i;
      }
    }
    return found;
  }

  /** From a point to the line between two others, ends included. */
  private static double distance(Point p, Point a, Point b) {
    double dx = b.x() - a.x();
    double dy = b.y() - a.y();
    double length = dx * dx + dy * dy;
    double along = length == 0 ? 0 : ((p.x() - a.x()) * dx + (p.y() - a.y()) * dy) / length;
    double t = Math.max(0, Math.min(1, along));
    return Math.hypot(p.x() - a.x() - t * dx, p.y() - a.y() - t * dy);
  }
}
