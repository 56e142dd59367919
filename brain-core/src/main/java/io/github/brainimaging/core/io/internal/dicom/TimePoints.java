package io.github.brainimaging.core.io.internal.dicom;

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
 * @param incomplete volumes that lack slices and were left out
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
      List<Map<Integer, Plane>> volumes = new ArrayList<>();
      kinds.values().forEach(kind -> volumes.addAll(split(kind)));
      volumes.sort(order());
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
      return new TimePoints(kept, volumes.size() - kept.size(), doubtful);
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

    private Comparator<Map<Integer, Plane>> order() {
      return (a, b) -> {
        Plane left = a.values().stream().min(Plane.IN_ORDER).orElseThrow();
        Plane right = b.values().stream().min(Plane.IN_ORDER).orElseThrow();
        double[] first = ordering(left);
        double[] second = ordering(right);
        int order = Arrays.compare(first, second);
        return order != 0 ? order : Plane.IN_ORDER.compare(left, right);
      };
    }

    private double[] ordering(Plane plane) {
      return telling.stream()
          .filter(PlaneLabels::isOrdering)
          .mapToDouble(label -> plane.labels[label])
          .toArray();
    }

    /** Planes of one kind, which only their order tells apart. */
    private List<Map<Integer, Plane>> split(List<Plane> kind) {
      Map<Integer, List<Plane>> byPlace = new LinkedHashMap<>();
      kind.forEach(p -> byPlace.computeIfAbsent(placeOf.get(p), z -> new ArrayList<>()).add(p));
      int most = byPlace.values().stream().mapToInt(List::size).max().orElse(0);
      if (most > 1) {
        for (Comparator<Plane> rank : Plane.RANKS) {
          List<Map<Integer, Plane>> found = inTurn(kind, rank, most);
          if (found.isEmpty()) {
            found = placeByPlace(byPlace, rank, most);
          }
          if (!found.isEmpty()) {
            return found;
          }
        }
        doubtful = true;
      }
      return byRank(byPlace, Plane.IN_ORDER, most);
    }

    /** One volume after the other: a new one begins where a place comes again. */
    private List<Map<Integer, Plane>> inTurn(List<Plane> kind, Comparator<Plane> rank, int most) {
      List<Plane> sorted = new ArrayList<>(kind);
      sorted.sort(rank);
      List<Map<Integer, Plane>> volumes = new ArrayList<>();
      for (int i = 0; i < sorted.size(); i++) {
        Plane plane = sorted.get(i);
        if (i > 0 && rank.compare(sorted.get(i - 1), plane) == 0) {
          return List.of();
        }
        int place = placeOf.getOrDefault(plane, 0);
        if (volumes.isEmpty() || volumes.get(volumes.size() - 1).containsKey(place)) {
          volumes.add(new HashMap<>());
        }
        volumes.get(volumes.size() - 1).put(place, plane);
      }
      return volumes.size() == most ? volumes : List.of();
    }

    /** All planes of a place, then those of the next. */
    private static List<Map<Integer, Plane>> placeByPlace(
        Map<Integer, List<Plane>> byPlace, Comparator<Plane> rank, int most) {
      List<List<Plane>> sorted = new ArrayList<>();
      for (List<Plane> place : byPlace.values()) {
        List<Plane> planes = new ArrayList<>(place);
        planes.sort(rank);
        for (int i = 1; i < planes.size(); i++) {
          if (rank.compare(planes.get(i - 1), planes.get(i)) == 0) {
            return List.of();
          }
        }
        if (planes.size() != most) {
          return List.of();
        }
        sorted.add(planes);
      }
      sorted.sort((a, b) -> rank.compare(a.get(0), b.get(0)));
      for (int i = 1; i < sorted.size(); i++) {
        if (rank.compare(sorted.get(i - 1).get(most - 1), sorted.get(i).get(0)) >= 0) {
          return List.of();
        }
      }
      return byRank(byPlace, rank, most);
    }

    private static List<Map<Integer, Plane>> byRank(
        Map<Integer, List<Plane>> byPlace, Comparator<Plane> rank, int most) {
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
