package io.github.brainimaging.core.io.internal.dicom.stack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Planes of which several lie at one place, put into volumes: by what is told of them (time, echo,
 * direction, component), then by the order in which they were made. A volume never mixes planes of
 * which it is told that they differ.
 *
 * @param volumes the volumes, each with its planes by place; all of the same places
 * @param incomplete volumes that lack slices and were left out; 0 if these were single frames
 * @param doubtful whether nothing tells which planes belong together
 */
record TimePoints(List<List<Plane>> volumes, int incomplete, boolean doubtful) {

  /**
   * Puts planes into volumes.
   *
   * @param places for each place, in order, the planes there
   */
  static TimePoints of(List<List<Plane>> places) {
    int most = places.stream().mapToInt(List::size).max().orElse(0);
    if (most == 1) {
      return new TimePoints(List.of(places.stream().map(p -> p.get(0)).toList()), 0, false);
    }
    return new Sorter(places).sort();
  }

  /**
   * A volume of one kind.
   *
   * @param planes its planes by place
   * @param number how many of its kind come before
   */
  private record Turn(Map<Integer, Plane> planes, int number) {}

  private static final class Sorter {
    private final List<List<Plane>> places;
    private final Map<Plane, Integer> placeOf = new HashMap<>();
    private final List<Integer> telling = new ArrayList<>();
    private boolean doubtful;

    Sorter(List<List<Plane>> places) {
      this.places = places;
      for (int z = 0; z < places.size(); z++) {
        for (Plane plane : places.get(z)) {
          placeOf.put(plane, z);
        }
      }
      for (int label = 0; label < places.get(0).get(0).labels.length; label++) {
        if (isTelling(label)) {
          telling.add(label);
        }
      }
    }

    TimePoints sort() {
      Map<List<Double>, List<Plane>> kinds = new LinkedHashMap<>();
      for (List<Plane> place : places) {
        for (Plane plane : place) {
          kinds.computeIfAbsent(key(plane), k -> new ArrayList<>()).add(plane);
        }
      }
      List<Turn> turns = new ArrayList<>();
      for (List<Plane> kind : kinds.values()) {
        Turns found = new Turns(kind, placeOf);
        List<Map<Integer, Plane>> ofKind = found.volumes();
        for (int i = 0; i < ofKind.size(); i++) {
          turns.add(new Turn(ofKind.get(i), i));
        }
        doubtful |= found.doubtful();
      }
      turns.sort(order());
      List<Map<Integer, Plane>> volumes = turns.stream().map(Turn::planes).toList();
      int most = volumes.stream().mapToInt(Map::size).max().orElseThrow();
      Set<Integer> there =
          volumes.stream().map(Map::keySet).filter(p -> p.size() == most).findFirst().orElseThrow();
      boolean apart =
          volumes.stream()
              .anyMatch(
                  v -> v.keySet().stream().filter(z -> !there.contains(z)).count() * 2 > v.size());
      if (apart) {
        // Parts of one stack, of which a few overlap: what is there twice is left out.
        List<Plane> single = new ArrayList<>();
        for (int z = 0; z < places.size(); z++) {
          int at = z;
          volumes.stream()
              .filter(v -> v.containsKey(at))
              .findFirst()
              .ifPresent(v -> single.add(v.get(at)));
        }
        return new TimePoints(List.of(single), 0, false);
      }
      List<List<Plane>> kept =
          volumes.stream()
              .filter(v -> v.keySet().equals(there))
              .map(v -> v.keySet().stream().sorted().map(v::get).toList())
              .toList();
      // What is there of a few places only are frames that were stored twice.
      boolean lost =
          kept.size() > 1
              || volumes.stream().filter(v -> 2 * v.size() > most).count() > kept.size();
      return new TimePoints(kept, lost ? volumes.size() - kept.size() : 0, doubtful);
    }

    /** Whether the values of a label at each place are among those at the fullest one. */
    private boolean isTelling(int label) {
      List<Plane> fullest = places.stream().max(Comparator.comparingInt(List::size)).orElseThrow();
      double[] reference = values(fullest, label);
      for (List<Plane> place : places) {
        double[] values = values(place, label);
        int at = 0;
        for (double value : values) {
          while (at < reference.length && reference[at] < value) {
            at++;
          }
          if (at == reference.length || reference[at++] != value) {
            return false;
          }
        }
      }
      return true;
    }

    private static double[] values(List<Plane> planes, int label) {
      return planes.stream().mapToDouble(p -> p.labels[label]).sorted().toArray();
    }

    private List<Double> key(Plane plane) {
      return telling.stream().map(label -> plane.labels[label]).toList();
    }

    /** By what is told, then by the turns of each kind. */
    private Comparator<Turn> order() {
      return (a, b) -> {
        Plane left = a.planes.values().stream().min(Plane.IN_ORDER).orElseThrow();
        Plane right = b.planes.values().stream().min(Plane.IN_ORDER).orElseThrow();
        int order = Arrays.compare(ordering(left), ordering(right));
        order = order != 0 ? order : Integer.compare(a.number, b.number);
        return order != 0 ? order : Plane.IN_ORDER.compare(left, right);
      };
    }

    private double[] ordering(Plane plane) {
      return telling.stream()
          .filter(PlaneLabels::isOrdering)
          .mapToDouble(label -> plane.labels[label])
          .toArray();
    }
  }

  /** The values of a label that split the planes, in order; none if there is but one. */
  static List<List<Plane>> by(int label, List<Plane> planes) {
    TreeSet<Double> values = new TreeSet<>();
    planes.forEach(p -> values.add(p.labels[label]));
    if (values.size() < 2 || values.size() > planes.size() / 2) {
      return List.of();
    }
    Map<Double, List<Plane>> parts = new LinkedHashMap<>();
    values.forEach(value -> parts.put(value, new ArrayList<>()));
    planes.forEach(p -> parts.computeIfAbsent(p.labels[label], v -> new ArrayList<>()).add(p));
    return List.copyOf(parts.values());
  }

  /** Whether a set of planes bears one UID more than once though they differ. */
  static boolean shareIds(List<Plane> planes) {
    Set<String> seen = new HashSet<>();
    return planes.stream().anyMatch(p -> !p.id.isEmpty() && !seen.add(p.id + " " + p.frame));
  }
}
