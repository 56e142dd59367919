package io.github.brainimaging.core.io.internal.dicom.stack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Planes of one kind, which nothing but the order in which they were made tells apart, put into
 * volumes. Each way must prove itself: its volumes are whole, or it is clear which slices they
 * lack.
 */
final class Turns {

  private final List<Plane> kind;
  private final Map<Plane, Integer> placeOf;
  private final Map<Integer, List<Plane>> byPlace = new LinkedHashMap<>();

  /** Planes at the fullest place: as many volumes there are. */
  private final int most;

  private boolean doubtful;

  /**
   * Planes of one kind.
   *
   * @param kind the planes
   * @param placeOf the number of the place of each
   */
  Turns(List<Plane> kind, Map<Plane, Integer> placeOf) {
    this.kind = kind;
    this.placeOf = placeOf;
    kind.forEach(p -> byPlace.computeIfAbsent(place(p), z -> new ArrayList<>()).add(p));
    this.most = byPlace.values().stream().mapToInt(List::size).max().orElse(0);
  }

  private int place(Plane plane) {
    return placeOf.getOrDefault(plane, 0);
  }

  /** Whether nothing told which planes belong together. */
  boolean doubtful() {
    return doubtful;
  }

  /** The volumes, each with its planes by place. */
  List<Map<Integer, Plane>> volumes() {
    if (most < 2) {
      return byRank(Plane.IN_ORDER);
    }
    List<Map<Integer, Plane>> found = byFile();
    if (found.isEmpty()) {
      found = byNumber();
    }
    for (int i = 0; i < Plane.RANKS.size() && found.isEmpty(); i++) {
      found = inTurn(Plane.RANKS.get(i));
      found = found.isEmpty() ? placeByPlace(Plane.RANKS.get(i)) : found;
    }
    if (found.isEmpty()) {
      found = byTime();
    }
    doubtful = found.isEmpty();
    return doubtful ? byRank(Plane.IN_ORDER) : found;
  }

  /** A file of several frames at different places is a volume. */
  private List<Map<Integer, Plane>> byFile() {
    Map<Integer, List<Plane>> files = new LinkedHashMap<>();
    kind.forEach(p -> files.computeIfAbsent(p.file, f -> new ArrayList<>()).add(p));
    List<Map<Integer, Plane>> volumes = new ArrayList<>();
    for (List<Plane> file : files.values()) {
      Map<Integer, Plane> volume = new HashMap<>();
      file.forEach(p -> volume.put(place(p), p));
      if (volume.size() < Math.max(2, file.size())) {
        return List.of();
      }
      volumes.add(volume);
    }
    return volumes.size() == most ? volumes : List.of();
  }

  /** By instance numbers from 1 that leave out those of missing slices, in either nesting. */
  private List<Map<Integer, Plane>> byNumber() {
    List<Map<Integer, Plane>> found = byNumber(byPlace.size(), true);
    return found.isEmpty() ? byNumber(most, false) : found;
  }

  private List<Map<Integer, Plane>> byNumber(int period, boolean volumeByVolume) {
    Map<Integer, Integer> placeOfSlot = new HashMap<>();
    Map<Integer, Integer> slotOfPlace = new HashMap<>();
    Map<Integer, Map<Integer, Plane>> volumes = new TreeMap<>();
    for (Plane plane : kind) {
      int number = (int) plane.number() - 1;
      if (number < 0 || number + 1 != plane.number()) {
        return List.of();
      }
      int slot = volumeByVolume ? number % period : number / period;
      int volume = volumeByVolume ? number / period : number % period;
      int place = place(plane);
      Integer other = placeOfSlot.putIfAbsent(slot, place);
      Integer another = slotOfPlace.putIfAbsent(place, slot);
      Plane twice = volumes.computeIfAbsent(volume, v -> new HashMap<>()).put(place, plane);
      boolean fits = (other == null || other == place) && (another == null || another == slot);
      if (twice != null || !fits) {
        return List.of();
      }
    }
    return volumes.size() == most ? List.copyOf(volumes.values()) : List.of();
  }

  /** One volume after the other, always in the same order of places. */
  private List<Map<Integer, Plane>> inTurn(Comparator<Plane> rank) {
    List<Plane> sorted = new ArrayList<>(kind);
    sorted.sort(rank);
    for (int i = 1; i < sorted.size(); i++) {
      if (rank.compare(sorted.get(i - 1), sorted.get(i)) == 0) {
        return List.of();
      }
    }
    if (isWhole()) {
      List<Map<Integer, Plane>> volumes = new ArrayList<>();
      int depth = byPlace.size();
      for (int i = 0; i < sorted.size(); i++) {
        if (place(sorted.get(i)) != place(sorted.get(i % depth))) {
          return List.of();
        }
        if (i % depth == 0) {
          volumes.add(new HashMap<>());
        }
        volumes.get(i / depth).put(place(sorted.get(i)), sorted.get(i));
      }
      return volumes.stream().allMatch(v -> v.size() == depth) ? volumes : List.of();
    }
    List<Map<Integer, Plane>> upwards = whereItTurnsBack(sorted, 1);
    return upwards.isEmpty() ? whereItTurnsBack(sorted, -1) : upwards;
  }

  /** Whether each place has as many planes. */
  private boolean isWhole() {
    return byPlace.values().stream().allMatch(p -> p.size() == most);
  }

  /** Slices are missing: a volume ends where the places go back. */
  private List<Map<Integer, Plane>> whereItTurnsBack(List<Plane> sorted, int direction) {
    List<Map<Integer, Plane>> volumes = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      int place = place(sorted.get(i));
      if (i == 0 || direction * (place - place(sorted.get(i - 1))) <= 0) {
        volumes.add(new HashMap<>());
      }
      volumes.get(volumes.size() - 1).put(place, sorted.get(i));
    }
    return volumes.size() == most ? volumes : List.of();
  }

  /** All planes of a place, then those of the next. */
  private List<Map<Integer, Plane>> placeByPlace(Comparator<Plane> rank) {
    List<List<Plane>> sorted = new ArrayList<>();
    for (List<Plane> place : byPlace.values()) {
      List<Plane> planes = new ArrayList<>(place);
      planes.sort(rank);
      for (int i = 1; i < planes.size(); i++) {
        if (rank.compare(planes.get(i - 1), planes.get(i)) == 0) {
          return List.of();
        }
      }
      sorted.add(planes);
    }
    if (!isWhole()) {
      return List.of();
    }
    sorted.sort((a, b) -> rank.compare(a.get(0), b.get(0)));
    for (int i = 1; i < sorted.size(); i++) {
      if (rank.compare(sorted.get(i - 1).get(most - 1), sorted.get(i).get(0)) >= 0) {
        return List.of();
      }
    }
    return byRank(rank);
  }

  /** Times that differ from slice to slice order the planes at each place. */
  private List<Map<Integer, Plane>> byTime() {
    for (int label : PlaneLabels.times()) {
      if (isWhole() && byPlace.values().stream().allMatch(p -> areDistinct(p, label))) {
        return byRank(Comparator.comparingDouble(p -> p.labels[label]));
      }
    }
    return List.of();
  }

  private static boolean areDistinct(List<Plane> planes, int label) {
    double[] values = planes.stream().mapToDouble(p -> p.labels[label]).sorted().toArray();
    return Arrays.stream(values).distinct().count() == planes.size();
  }

  private List<Map<Integer, Plane>> byRank(Comparator<Plane> rank) {
    List<Map<Integer, Plane>> volumes = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      volumes.add(new HashMap<>());
    }
    byPlace.forEach(
        (place, planes) -> {
          List<Plane> sorted = new ArrayList<>(planes);
          sorted.sort(rank);
          for (int i = 0; i < sorted.size(); i++) {
            volumes.get(i).put(place, sorted.get(i));
          }
        });
    return volumes;
  }
}
