package io.github.brainimaging.core.io.internal.dicom.stack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Planes of one direction that are no regular stack: looks for the parts that they are made of. */
final class StackParts {

  /**
   * Planes at one depth that lie further apart, in mm, are no time points: nothing moves so far.
   */
  private static final double ASIDE = 20;

  private StackParts() {}

  /** Stacks beside each other, though at the same depths; empty if there are none. */
  static List<List<Plane>> beside(List<Plane> sorted) {
    if (!sorted.get(0).isPlaced()) {
      return List.of();
    }
    List<List<Plane>> parts = new ArrayList<>();
    for (Plane plane : sorted) {
      List<Plane> home = null;
      for (List<Plane> part : parts) {
        if (aside(plane, part.get(part.size() - 1)) < ASIDE) {
          home = part;
          break;
        }
      }
      if (home == null) {
        home = new ArrayList<>();
        parts.add(home);
        if (parts.size() > sorted.size() / 2) {
          return List.of();
        }
      }
      home.add(plane);
    }
    boolean stacks = parts.size() > 1 && parts.stream().allMatch(part -> part.size() > 1);
    return stacks && overlap(parts) ? parts : List.of();
  }

  /** The distance of two planes within their directions, in mm. */
  static double aside(Plane one, Plane other) {
    double[] from = other.position();
    double[] to = one.position();
    double[] way = {to[0] - from[0], to[1] - from[1], to[2] - from[2]};
    return Plane.within(way, other.orientation());
  }

  /** Volumes of one shape, a little moved against each other; empty if there are none. */
  static List<List<Plane>> moved(List<Plane> sorted) {
    for (int label = 0; label < sorted.get(0).labels.length; label++) {
      List<List<Plane>> parts = TimePoints.by(label, sorted);
      if (isMoved(parts)) {
        return parts;
      }
    }
    // Without a label, one volume after the other.
    List<Plane> inOrder = new ArrayList<>(sorted);
    inOrder.sort(Plane.IN_ORDER);
    double[] depths = SliceStack.depths(inOrder);
    for (int count = 2; count <= sorted.size() / 2; count++) {
      if (sorted.size() % count == 0 && isMoved(depths, sorted.size() / count)) {
        int depth = sorted.size() / count;
        List<List<Plane>> parts = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += depth) {
          parts.add(byDepth(inOrder.subList(from, from + depth)));
        }
        return parts;
      }
    }
    return List.of();
  }

  private static boolean isMoved(List<List<Plane>> parts) {
    if (parts.size() < 2) {
      return false;
    }
    int depth = parts.get(0).size();
    double[] along = parts.get(0).get(0).orientation();
    if (parts.stream().anyMatch(part -> part.size() != depth)) {
      return false;
    }
    return isMoved(
        parts.stream().flatMap(List::stream).mapToDouble(plane -> plane.depth(along)).toArray(),
        depth);
  }

  /** Whether as many planes each are even stacks that overlap by more than half. */
  private static boolean isMoved(double[] depths, int depth) {
    if (depth < 2) {
      return false;
    }
    double usual = Double.NaN;
    double start = Double.NaN;
    for (int from = 0; from < depths.length; from += depth) {
      double[] part = Arrays.copyOfRange(depths, from, from + depth);
      Arrays.sort(part);
      if (from == 0) {
        usual = SliceStack.usualDistance(part);
        start = part[0];
      }
      double extent = usual * (depth - 1);
      if (!SliceStack.isEven(part, usual) || !(Math.abs(part[0] - start) < extent / 2)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Stacks that lie between each other, each of even distances; empty if there are none.
   *
   * @param even whether all places together are at equal distances: then only stacks of different
   *     ones are meant, since others are volumes that lack slices
   */
  static List<List<Plane>> apart(List<Plane> sorted, boolean even) {
    for (int label = 0; label < sorted.get(0).labels.length; label++) {
      List<List<Plane>> parts = TimePoints.by(label, sorted);
      if (areStacks(parts) && (!even || differ(parts))) {
        return parts;
      }
    }
    List<List<Plane>> runs = even ? List.of() : runs(sorted);
    return areStacks(runs) ? runs : List.of();
  }

  private static boolean differ(List<List<Plane>> parts) {
    double[] distances =
        parts.stream().mapToDouble(p -> SliceStack.usualDistance(SliceStack.depths(p))).toArray();
    return !SliceStack.isEven(cumulated(distances), distances[0]);
  }

  private static double[] cumulated(double[] distances) {
    double[] depths = new double[distances.length + 1];
    for (int i = 0; i < distances.length; i++) {
      depths[i + 1] = depths[i] + distances[i];
    }
    return depths;
  }

  /** Without a label: a stack ends where the planes, in the order they were made in, go back. */
  private static List<List<Plane>> runs(List<Plane> sorted) {
    List<Plane> inOrder = new ArrayList<>(sorted);
    inOrder.sort(Plane.IN_ORDER);
    double[] depths = SliceStack.depths(inOrder);
    double forth = Math.signum(depths[1] - depths[0]);
    List<List<Plane>> runs = new ArrayList<>();
    for (int i = 0; i < depths.length; i++) {
      if (i == 0 || forth * (depths[i] - depths[i - 1]) <= 0) {
        runs.add(new ArrayList<>());
      }
      runs.get(runs.size() - 1).add(inOrder.get(i));
      if (runs.size() > depths.length / 3) {
        return List.of();
      }
    }
    return runs.stream().map(StackParts::byDepth).toList();
  }

  private static boolean areStacks(List<List<Plane>> parts) {
    return parts.size() > 1
        && parts.stream().allMatch(p -> p.size() > 2 && isEven(p))
        && overlap(parts);
  }

  /** Whether the distances of slices are the same. */
  static boolean isEven(List<Plane> slices) {
    double[] depths = SliceStack.depths(slices);
    return SliceStack.isEven(depths, SliceStack.usualDistance(depths));
  }

  /** Whether each reaches over half of the one before. */
  private static boolean overlap(List<List<Plane>> parts) {
    double[] along = parts.get(0).get(0).orientation();
    for (int i = 1; i < parts.size(); i++) {
      double[] a = range(parts.get(i - 1), along);
      double[] b = range(parts.get(i), along);
      double common = Math.min(a[1], b[1]) - Math.max(a[0], b[0]);
      if (common < Math.min(a[1] - a[0], b[1] - b[0]) / 2) {
        return false;
      }
    }
    return true;
  }

  private static double[] range(List<Plane> part, double[] along) {
    return new double[] {part.get(0).depth(along), part.get(part.size() - 1).depth(along)};
  }

  /** Planes of one direction in the order of their places. */
  static List<Plane> byDepth(List<Plane> planes) {
    double[] along = planes.get(0).orientation();
    double[] depths = planes.stream().mapToDouble(p -> p.depth(along)).toArray();
    Integer[] order = new Integer[depths.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(depths[a], depths[b]));
    return Arrays.stream(order).map(planes::get).toList();
  }
}
