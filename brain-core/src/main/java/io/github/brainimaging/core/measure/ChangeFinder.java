package io.github.brainimaging.core.measure;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.registration.Registration;
import io.github.brainimaging.core.registration.Registration.Aligned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells which lesions of two visits are the same. */
final class ChangeFinder {

  private static final double NEAR_MM = 10;

  private final LesionMap before;
  private final LesionMap after;

  /** The part of each lesion, the later ones behind the earlier ones, as in a union-find. */
  private final int[] part;

  private ChangeFinder(LesionMap before, LesionMap after) {
    this.before = before;
    this.after = after;
    part = new int[before.lesions().size() + after.lesions().size()];
    for (int i = 0; i < part.length; i++) {
      part[i] = i;
    }
  }

  static Change find(Visit earlier, Visit later) {
    Aligned<MedicalVolume> laid = Registration.withDefaults().align(later.head(), earlier.head());
    Arguments.require(
        laid.measure() > 1,
        "visits must overlap, got %s of %s and %s of %s",
        earlier.name(),
        earlier.head().grid(),
        later.name(),
        later.head().grid());
    ChangeFinder finder =
        new ChangeFinder(
            LesionMap.of(earlier.mask(), earlier.head()), LesionMap.of(later.mask(), later.head()));
    finder.joinOverlapping(
        Registration.carryLabels(finder.before.turned(), laid).samples(),
        finder.after.on(later.mask().grid()).samples());
    finder.joinNearest(laid.transform().inverse());
    return new Change(
        earlier.name(),
        laid,
        Registration.carry(earlier.mask(), laid),
        finder.before.lesions(),
        finder.after.lesions(),
        finder.parts());
  }

  private int root(int lesion) {
    int at = lesion;
    while (part[at] != at) {
      at = part[at];
    }
    return at;
  }

  private void join(int a, int b) {
    part[root(Math.max(a, b))] = root(Math.min(a, b));
  }

  private void joinOverlapping(float[] earlier, float[] later) {
    for (int i = 0; i < earlier.length; i++) {
      if (earlier[i] > 0 && later[i] > 0) {
        join((int) earlier[i] - 1, before.lesions().size() + (int) later[i] - 1);
      }
    }
  }

  /** A lesion of each visit and how far they are apart. */
  private record Pair(int earlier, int later, double mm) {}

  private void joinNearest(Affine toLater) {
    List<Pair> pairs = new ArrayList<>();
    int first = before.lesions().size();
    for (int i = 0; i < first; i++) {
      for (int j = 0; j < after.lesions().size(); j++) {
        double mm = distance(toLater, before.lesions().get(i), after.lesions().get(j));
        if (mm <= NEAR_MM && isAlone(i) && isAlone(first + j)) {
          pairs.add(new Pair(i, first + j, mm));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::mm));
    for (Pair pair : pairs) {
      if (isAlone(pair.earlier) && isAlone(pair.later)) {
        join(pair.earlier, pair.later);
      }
    }
  }

  private boolean isAlone(int lesion) {
    for (int i = 0; i < part.length; i++) {
      if (i != lesion && root(i) == root(lesion)) {
        return false;
      }
    }
    return true;
  }

  private static double distance(Affine toLater, Lesion earlier, Lesion later) {
    if (earlier.centroidMm().isEmpty() || later.centroidMm().isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    double[] from =
        toLater.apply(
            earlier.centroidMm().get(0), earlier.centroidMm().get(1), earlier.centroidMm().get(2));
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += (from[i] - later.centroidMm().get(i)) * (from[i] - later.centroidMm().get(i));
    }
    return Math.sqrt(sum);
  }

  private List<Change.Part> parts() {
    int first = before.lesions().size();
    Map<Integer, List<List<Lesion>>> byRoot = new TreeMap<>();
    for (int i = 0; i < part.length; i++) {
      List<List<Lesion>> both =
          byRoot.computeIfAbsent(root(i), any -> List.of(new ArrayList<>(), new ArrayList<>()));
      if (i < first) {
        both.get(0).add(before.lesions().get(i));
      } else {
        both.get(1).add(after.lesions().get(i - first));
      }
    }
    return byRoot.values().stream()
        .map(both -> new Change.Part(both.get(0), both.get(1)))
        .sorted(Comparator.comparingDouble((Change.Part p) -> -larger(p)))
        .toList();
  }

  private static double larger(Change.Part part) {
    return Math.max(
        part.before().stream().mapToDouble(ChangeFinder::size).sum(),
        part.after().stream().mapToDouble(ChangeFinder::size).sum());
  }

  private static double size(Lesion lesion) {
    return lesion.volumeMl().orElse(lesion.voxels());
  }
}
