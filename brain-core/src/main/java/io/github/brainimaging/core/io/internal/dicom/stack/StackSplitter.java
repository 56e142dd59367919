package io.github.brainimaging.core.io.internal.dicom.stack;

import java.io.IOException;
import java.util.ArrayList;
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
    PlaneLabels.unify(distinct);
    distinct.sort(Plane.IN_ORDER);
    List<String> notes = new ArrayList<>();
    if (TimePoints.shareIds(distinct)) {
      notes.add("different slices bear the same SOP instance UID");
    }
    if (distinct.stream().allMatch(p -> p.mosaic >= 0)) {
      addMosaics(distinct, repeated, notes);
    } else if (distinct.get(0).isPlaced()) {
      addPlaced(distinct, repeated, notes);
    } else {
      addUnplaced(distinct, repeated, notes);
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

  /** In the order of the slice locations, if they tell one, else of the numbers. */
  private void addUnplaced(List<Plane> planes, int repeated, List<String> notes) {
    if (planes.size() > 1 && planes.stream().allMatch(Plane::isLocated)) {
      List<List<Plane>> places = places(StackParts.byDepth(planes), SAME_PLACE);
      int times = places.get(0).size();
      if (places.size() > 1 && places.stream().allMatch(p -> p.size() == times)) {
        notes.add("the slices are in the order of their locations");
        addPlaced(planes, repeated, notes);
        return;
      }
    }
    if (planes.size() > 1) {
      notes.add("the slices are in the order of their numbers");
    }
    List<Plane> numbered = planes.stream().map(Plane::withoutLocation).toList();
    add(new SliceStack(List.of(numbered), repeated, notes), numbered);
  }

  /** Each file is a volume, wherever motion correction has moved it to. */
  private void addMosaics(List<Plane> planes, int repeated, List<String> notes) {
    Map<Integer, List<Plane>> files = new LinkedHashMap<>();
    planes.forEach(p -> files.computeIfAbsent(p.mosaic, f -> new ArrayList<>()).add(p));
    List<List<Plane>> volumes = new ArrayList<>();
    int depth = files.values().stream().mapToInt(List::size).max().orElse(0);
    for (List<Plane> file : files.values()) {
      if (file.size() == depth) {
        volumes.add(file.get(0).isPlaced() ? StackParts.byDepth(file) : file);
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
    StackNotes.addMoves(sorted, notes);
    if (sorted.size() < files.size()) {
      notes.add(lacking(files.size() - sorted.size(), files.size()));
    }
    add(new SliceStack(sorted, repeated, notes), planes);
  }

  private static String lacking(int incomplete, int all) {
    return String.format(
        Locale.ROOT, "%d of %d volumes lack slices and are left out", incomplete, all);
  }

  private void addPlaced(List<Plane> planes, int repeated, List<String> notes) {
    List<Plane> sorted = StackParts.byDepth(planes);
    List<List<Plane>> beside = StackParts.beside(sorted);
    if (!beside.isEmpty()) {
      notes.add(beside.size() + " stacks lie beside each other in one series");
      beside.forEach(part -> addPlaced(inOrder(part), repeated, new ArrayList<>(notes)));
      return;
    }
    List<List<Plane>> places = places(sorted, SAME_PLACE);
    boolean even = StackParts.isEven(places.stream().map(p -> p.get(0)).toList());
    List<List<Plane>> moved = even ? List.of() : StackParts.moved(sorted);
    if (!moved.isEmpty()) {
      addVolumes(moved, repeated, notes, planes);
      return;
    }
    boolean whole = places.stream().allMatch(p -> p.size() == places.get(0).size());
    List<List<Plane>> apart = even && whole ? List.of() : StackParts.apart(sorted, even);
    if (!apart.isEmpty()) {
      notes.add(apart.size() + " stacks of different distances lie in one series");
      apart.forEach(part -> add(new SliceStack(List.of(part), repeated, notes), part));
      return;
    }
    TimePoints points = TimePoints.of(places);
    List<List<Plane>> volumes = points.volumes();
    int kept = volumes.size() * volumes.get(0).size();
    int left = planes.size() - kept;
    if (points.doubtful()) {
      notes.add("nothing tells which slices belong to one volume: they may be mixed");
    }
    if (points.incomplete() > 0) {
      notes.add(lacking(points.incomplete(), points.incomplete() + volumes.size()));
      left = 0;
    }
    addVolumes(volumes, repeated + left, notes, planes);
  }

  private void addVolumes(
      List<List<Plane>> volumes, int left, List<String> notes, List<Plane> planes) {
    StackNotes.addMoves(volumes, notes);
    StackNotes.addShifts(volumes, notes);
    add(new SliceStack(volumes, left, notes), planes);
  }

  private static List<Plane> inOrder(List<Plane> planes) {
    List<Plane> sorted = new ArrayList<>(planes);
    sorted.sort(Plane.IN_ORDER);
    return sorted;
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
}
