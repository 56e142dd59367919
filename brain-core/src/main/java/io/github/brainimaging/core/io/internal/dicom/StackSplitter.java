package io.github.brainimaging.core.io.internal.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts the planes of a series into stacks, each of one orientation, and their volumes in order. */
final class StackSplitter {

  /** Planes that are closer, in mm, are at one place. */
  private static final double SAME_PLACE = 0.01;

  /** Volumes whose places differ by a smaller part of the distance of slices were moved. */
  private static final double MOVED = 0.4;

  private static final int MAXIMUM_STACKS = 1000;

  /**
   * A stack.
   *
   * @param stack its volumes
   * @param planes its planes, those that were left out too
   */
  record Part(SliceStack stack, List<Plane> planes) {}

  private final List<Part> stacks = new ArrayList<>();

  private StackSplitter() {}

  static List<Part> split(List<Plane> planes) throws IOException {
    StackSplitter splitter = new StackSplitter();
    for (List<Plane> parallel : parallel(planes)) {
      splitter.addStack(parallel);
    }
    return splitter.stacks;
  }

  /** By orientation and spacing, and by the stack that the file tells. */
  private static List<List<Plane>> parallel(List<Plane> planes) throws IOException {
    List<List<Plane>> found = new ArrayList<>();
    for (Plane plane : planes) {
      List<Plane> home = null;
      for (List<Plane> candidate : found) {
        if (plane.isParallel(candidate.get(0))) {
          home = candidate;
          break;
        }
      }
      if (home == null) {
        home = new ArrayList<>();
        found.add(home);
        if (found.size() > MAXIMUM_STACKS) {
          throw new IOException(
              "found slices of more than " + MAXIMUM_STACKS + " orientations in one series");
        }
      }
      home.add(plane);
    }
    List<List<Plane>> stacks = new ArrayList<>();
    for (List<Plane> group : found) {
      Map<String, List<Plane>> byId = new LinkedHashMap<>();
      group.forEach(p -> byId.computeIfAbsent(p.stackId, k -> new ArrayList<>()).add(p));
      // A number for each frame is no stack.
      boolean told = byId.size() > 1 && byId.values().stream().allMatch(s -> s.size() > 1);
      stacks.addAll(told ? byId.values() : List.of(group));
    }
    return stacks;
  }

  private void addStack(List<Plane> planes) {
    Set<Object> seen = new HashSet<>();
    List<Plane> distinct =
        new ArrayList<>(
            planes.stream().filter(p -> p.id.isEmpty() || seen.add(p.identity())).toList());
    int repeated = planes.size() - distinct.size();
    int before = stacks.size();
    distinct.sort(Plane.IN_ORDER);
    List<String> notes = new ArrayList<>();
    if (TimePoints.shareIds(distinct)) {
      notes.add("different slices bear the same SOP instance UID");
    }
    if (!distinct.get(0).isPlaced()) {
      add(new SliceStack(List.of(distinct), repeated, notes), distinct);
    } else if (distinct.stream().allMatch(p -> p.mosaic >= 0)) {
      addMosaics(distinct, repeated, notes);
    } else {
      addPlaced(distinct, repeated, notes);
    }
    if (repeated > 0) {
      List<Plane> copies = new ArrayList<>(planes);
      copies.removeAll(new HashSet<>(distinct));
      stacks.subList(before, stacks.size()).replaceAll(part -> withCopies(part, copies));
    }
  }

  /** The copies of its planes belong to it, though they are left out. */
  private static Part withCopies(Part part, List<Plane> copies) {
    Set<Object> own = part.planes.stream().map(Plane::identity).collect(Collectors.toSet());
    List<Plane> all = new ArrayList<>(part.planes);
    copies.stream().filter(copy -> own.contains(copy.identity())).forEach(all::add);
    return new Part(part.stack, all);
  }

  private void add(SliceStack stack, List<Plane> planes) {
    stacks.add(new Part(stack, planes));
  }

  /** Each file is a volume, wherever motion correction has moved it to. */
  private void addMosaics(List<Plane> planes, int repeated, List<String> notes) {
    Map<Integer, List<Plane>> files = new LinkedHashMap<>();
    planes.forEach(p -> files.computeIfAbsent(p.mosaic, f -> new ArrayList<>()).add(p));
    List<List<Plane>> volumes = new ArrayList<>();
    int depth = files.values().stream().mapToInt(List::size).max().orElse(0);
    int left = 0;
    for (List<Plane> file : files.values()) {
      if (file.size() == depth) {
        volumes.add(byDepth(file));
      } else {
        left += file.size();
      }
    }
    // By their first tiles, as if these were planes at one place.
    Map<Plane, List<Plane>> byFirst = new HashMap<>();
    volumes.forEach(v -> byFirst.put(v.get(0), v));
    List<Plane> first = volumes.stream().map(v -> v.get(0)).toList();
    List<List<Plane>> sorted =
        TimePoints.of(List.of(first)).volumes().stream()
            .map(v -> byFirst.getOrDefault(v.get(0), List.of()))
            .toList();
    noteMoves(sorted, notes);
    add(new SliceStack(sorted, repeated + left, notes), planes);
  }

  private static List<Plane> byDepth(List<Plane> planes) {
    double[] along = planes.get(0).orientation();
    List<Plane> sorted = new ArrayList<>(planes);
    sorted.sort(Comparator.comparingDouble(p -> p.depth(along)));
    return sorted;
  }

  private void addPlaced(List<Plane> planes, int repeated, List<String> notes) {
    List<Plane> sorted = byDepth(planes);
    List<List<Plane>> places = places(sorted, SAME_PLACE);
    if (!isRegular(places)) {
      List<List<Plane>> moved = moved(sorted);
      if (!moved.isEmpty()) {
        noteMoves(moved, notes);
        add(new SliceStack(moved, repeated, notes), planes);
        return;
      }
      List<List<Plane>> apart = apart(sorted);
      if (!apart.isEmpty()) {
        notes.add(apart.size() + " stacks of different distances lie in one series");
        for (List<Plane> part : apart) {
          add(new SliceStack(List.of(part), repeated, notes), part);
        }
        return;
      }
    }
    TimePoints points = TimePoints.of(places);
    List<List<Plane>> volumes = points.volumes();
    int kept = volumes.size() * volumes.get(0).size();
    int left = planes.size() - kept;
    if (points.doubtful()) {
      notes.add("nothing tells which slices belong to one volume: they may be mixed");
    }
    if (points.incomplete() > 0 && volumes.size() > 1) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%d of %d volumes lack slices and are left out",
              points.incomplete(),
              points.incomplete() + volumes.size()));
      left = 0;
    }
    add(new SliceStack(volumes, repeated + left, notes), planes);
  }

  private static List<List<Plane>> places(List<Plane> sorted, double tolerance) {
    double[] depths = SliceStack.depths(sorted);
    List<List<Plane>> places = new ArrayList<>();
    double last = Double.NaN;
    for (int i = 0; i < depths.length; i++) {
      if (!(depths[i] - last < tolerance)) {
        places.add(new ArrayList<>());
        last = depths[i];
      }
      places.get(places.size() - 1).add(sorted.get(i));
    }
    return places;
  }

  /** Whether as many planes lie at each place, at equal distances. */
  private static boolean isRegular(List<List<Plane>> places) {
    int times = places.get(0).size();
    return places.stream().allMatch(p -> p.size() == times) && isEven(firsts(places));
  }

  private static List<Plane> firsts(List<List<Plane>> places) {
    return places.stream().map(p -> p.get(0)).toList();
  }

  private static boolean isEven(List<Plane> slices) {
    double[] depths = SliceStack.depths(slices);
    return SliceStack.isEven(depths, SliceStack.usualDistance(depths));
  }

  /** Volumes of one shape, a little moved against each other; empty if there are none. */
  private static List<List<Plane>> moved(List<Plane> sorted) {
    List<Plane> inOrder = new ArrayList<>(sorted);
    inOrder.sort(Plane.IN_ORDER);
    for (int label = 0; label < sorted.get(0).labels.length; label++) {
      List<List<Plane>> parts = TimePoints.by(label, sorted);
      if (isMoved(parts)) {
        return parts;
      }
    }
    // Without a label, one volume after the other.
    for (int count = 2; count <= sorted.size() / 2; count++) {
      if (sorted.size() % count == 0) {
        int depth = sorted.size() / count;
        List<List<Plane>> parts = new ArrayList<>();
        for (int t = 0; t < count; t++) {
          parts.add(byDepth(inOrder.subList(t * depth, (t + 1) * depth)));
        }
        if (isMoved(parts)) {
          return parts;
        }
      }
    }
    return List.of();
  }

  private static boolean isMoved(List<List<Plane>> parts) {
    if (parts.size() < 2 || parts.get(0).size() < 2) {
      return false;
    }
    double[] along = parts.get(0).get(0).orientation();
    double usual = SliceStack.usualDistance(SliceStack.depths(parts.get(0)));
    double start = parts.get(0).get(0).depth(along);
    for (List<Plane> part : parts) {
      double[] depths = part.stream().mapToDouble(p -> p.depth(along)).toArray();
      if (part.size() != parts.get(0).size()
          || !SliceStack.isEven(depths, usual)
          || !(Math.abs(depths[0] - start) < MOVED * usual)) {
        return false;
      }
    }
    return true;
  }

  /** Stacks that lie between each other, each of even distances; empty if there are none. */
  private static List<List<Plane>> apart(List<Plane> sorted) {
    for (int label = 0; label < sorted.get(0).labels.length; label++) {
      List<List<Plane>> parts = TimePoints.by(label, sorted);
      if (parts.size() > 1
          && parts.stream().allMatch(p -> p.size() > 2 && isEven(p))
          && overlap(parts)) {
        return parts;
      }
    }
    return List.of();
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

  private static void noteMoves(List<List<Plane>> volumes, List<String> notes) {
    double most = 0;
    double[] first = volumes.get(0).get(0).position();
    for (List<Plane> volume : volumes) {
      double[] place = volume.get(0).position();
      double[] way = {place[0] - first[0], place[1] - first[1], place[2] - first[2]};
      most = Math.max(most, Math.sqrt(Arrays.stream(way).map(w -> w * w).sum()));
    }
    if (most >= SAME_PLACE) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the volumes are moved by up to %.2f mm against the first, whose place is told",
              most));
    }
  }
}
