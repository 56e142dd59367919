package io.github.brainimaging.core.evaluation.parity;

import io.github.brainimaging.core.geometry.VolumeCrop;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.internal.Correlation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Looks for what makes one volume of another. */
final class Difference {

  /** How alike volumes are. */
  enum Measure {
    LABELS,
    SAMPLES
  }

  /** An explanation must take away this share of what two volumes lack to be alike. */
  private static final double SHARE = 0.3;

  /** What is less is rounding. */
  private static final double LEAST = 1e-6;

  /** Sides differ by so much, or it is no other scale. */
  private static final double SCALE = 0.03;

  private static final int[][] ORDERS = {
    {0, 1, 2}, {1, 0, 2}, {2, 1, 0}, {0, 2, 1}, {1, 2, 0}, {2, 0, 1}
  };

  private final MedicalVolume ours;
  private final float[] mine;
  private final float[] theirs;
  private final int[] size;
  private final int[] otherSize;
  private final Measure measure;
  private final MedicalVolume reference;

  /** A likeness, and what it takes to have it. */
  private record Explanation(double likeness, String words) {}

  Difference(MedicalVolume ours, MedicalVolume reference, Measure measure) {
    this.ours = ours;
    this.reference = reference;
    this.measure = measure;
    mine = ours.samples();
    theirs = reference.samples();
    size = new int[] {ours.width(), ours.height(), ours.depth()};
    otherSize = new int[] {reference.width(), reference.height(), reference.depth()};
  }

  /** The likeness of both without any change. */
  double asTheyAre() {
    return likeness(new int[] {0, 1, 2}, new boolean[3], new int[3]);
  }

  Parity parity(double likeness, Map<Integer, Double> dice, double tolerance) {
    if (!Parity.sameSize(ours, reference)) {
      List<String> hints = new ArrayList<>();
      hints.add(
          "the sizes differ, %d x %d x %d here and %d x %d x %d there: another spacing, crop or order of axes"
              .formatted(size[0], size[1], size[2], otherSize[0], otherSize[1], otherSize[2]));
      turned(0.5).map(Explanation::words).ifPresent(hints::add);
      return new Parity(0, dice, 1, mine.length, Optional.empty(), -1, hints);
    }
    int[] low = size.clone();
    int[] high = {-1, -1, -1};
    int[] inSlice = new int[size[2]];
    long different = 0;
    double largest = 0;
    for (int i = 0; i < mine.length; i++) {
      double by = Math.abs((double) mine[i] - theirs[i]);
      largest = Math.max(largest, measure == Measure.LABELS ? Math.min(1, by) : by);
      if (!(by <= tolerance)) {
        different++;
        int[] at = {i % size[0], i / size[0] % size[1], i / size[0] / size[1]};
        inSlice[at[2]]++;
        for (int axis = 0; axis < 3; axis++) {
          low[axis] = Math.min(low[axis], at[axis]);
          high[axis] = Math.max(high[axis], at[axis]);
        }
      }
    }
    if (different == 0) {
      double alike = measure == Measure.SAMPLES ? 1 : likeness;
      return new Parity(alike, dice, largest, 0, Optional.empty(), -1, places());
    }
    int worst = 0;
    for (int z = 1; z < size[2]; z++) {
      worst = inSlice[z] > inSlice[worst] ? z : worst;
    }
    List<String> hints = new ArrayList<>(explanations());
    hints.addAll(places());
    return new Parity(
        likeness,
        dice,
        largest,
        different,
        Optional.of(
            new VolumeCrop.Box(
                low[0],
                low[1],
                low[2],
                high[0] - low[0] + 1,
                high[1] - low[1] + 1,
                high[2] - low[2] + 1)),
        worst,
        hints);
  }

  /** What the headers say. */
  private List<String> places() {
    boolean known = ours.affine().isPresent() && reference.affine().isPresent();
    return known && !ours.grid().matches(reference.grid())
        ? List.of("the headers place the voxels differently in the patient")
        : List.of();
  }

  private List<String> explanations() {
    double now = asTheyAre();
    double enough = now + Math.max(LEAST, SHARE * (1 - now));
    List<Explanation> found = new ArrayList<>();
    turned(now).ifPresent(found::add);
    found.add(shifted(now));
    renumbered().ifPresent(found::add);
    found.removeIf(explanation -> !(explanation.likeness() >= enough));
    found.sort(Comparator.comparingDouble(Explanation::likeness).reversed());
    List<String> words = new ArrayList<>(found.stream().map(Explanation::words).toList());
    if (measure == Measure.SAMPLES) {
      words.addAll(otherValues(now));
    } else if (words.isEmpty()) {
      words.addAll(otherScale());
    }
    return words;
  }

  /** Axes exchanged or turned round. */
  private Optional<Explanation> turned(double now) {
    double best = now;
    String words = "";
    for (int[] order : ORDERS) {
      boolean fits = true;
      for (int axis = 0; axis < 3; axis++) {
        fits &= size[axis] == otherSize[order[axis]];
      }
      for (int flips = 0; fits && flips < 8; flips++) {
        boolean[] flip = {(flips & 1) != 0, (flips & 2) != 0, (flips & 4) != 0};
        double likeness = likeness(order, flip, new int[3]);
        if (likeness > best) {
          best = likeness;
          words = words(order, flip) + likelier(likeness);
        }
      }
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(new Explanation(best, words));
  }

  private static String words(int[] order, boolean[] flip) {
    StringBuilder axes = new StringBuilder();
    StringBuilder turned = new StringBuilder();
    for (int axis = 0; axis < 3; axis++) {
      axes.append("xyz".charAt(order[axis]));
      turned.append(flip[axis] ? String.valueOf("xyz".charAt(axis)) : "");
    }
    String exchanged = axes.toString().equals("xyz") ? "" : "axes exchanged (" + axes + " for xyz)";
    String round = turned.isEmpty() ? "" : "turned round along " + turned;
    return exchanged + (exchanged.isEmpty() || round.isEmpty() ? "" : " and ") + round;
  }

  private String likelier(double likeness) {
    return String.format(
        Locale.ROOT,
        measure == Measure.LABELS ? ": then Dice is %.4f" : ": then the correlation is %.4f",
        likeness);
  }

  /** By whole voxels, from the distance of the middles on. */
  private Explanation shifted(double now) {
    int[] order = {0, 1, 2};
    boolean[] flip = new boolean[3];
    int[] best = new int[3];
    double reached = now;
    int[] middles = measure == Measure.LABELS ? middles() : new int[3];
    double there = likeness(order, flip, middles);
    if (there > reached) {
      best = middles;
      reached = there;
    }
    for (int step = 4; step > 0; step /= 2) {
      boolean better = true;
      while (better) {
        better = false;
        for (int move = 0; move < 6; move++) {
          int[] next = best.clone();
          next[move / 2] += move % 2 == 0 ? step : -step;
          double likeness = likeness(order, flip, next);
          if (likeness > reached) {
            reached = likeness;
            best = next;
            better = true;
          }
        }
      }
    }
    return new Explanation(
        reached,
        String.format(
                Locale.ROOT,
                "shifted by %d, %d, %d voxels along x, y, z",
                best[0],
                best[1],
                best[2])
            + likelier(reached));
  }

  private int[] middles() {
    double[] a = moments(mine);
    double[] b = moments(theirs);
    int[] shift = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      shift[axis] = (int) Math.rint(a[axis] - b[axis]);
    }
    return shift;
  }

  /** Means and deviations of where labels are. */
  private double[] moments(float[] labels) {
    double[] sums = new double[6];
    double count = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != 0) {
        int[] at = {i % size[0], i / size[0] % size[1], i / size[0] / size[1]};
        for (int axis = 0; axis < 3; axis++) {
          sums[axis] += at[axis];
          sums[axis + 3] += (double) at[axis] * at[axis];
        }
        count++;
      }
    }
    for (int axis = 0; axis < 3; axis++) {
      double mean = count > 0 ? sums[axis] / count : 0;
      double squares = count > 0 ? sums[axis + 3] / count : 0;
      sums[axis] = mean;
      sums[axis + 3] = Math.sqrt(Math.max(0, squares - mean * mean));
    }
    return sums;
  }

  private List<String> otherScale() {
    double[] a = moments(mine);
    double[] b = moments(theirs);
    List<String> words = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      double ratio = a[axis + 3] / b[axis + 3];
      if (Double.isFinite(ratio) && Math.abs(ratio - 1) > SCALE) {
        words.add(
            String.format(
                Locale.ROOT,
                "%.2f times as long along %c: another spacing, or other values (normalization,"
                    + " threshold)",
                ratio,
                "xyz".charAt(axis)));
      }
    }
    return words;
  }

  /** The same regions with other numbers. */
  private Optional<Explanation> renumbered() {
    if (measure == Measure.SAMPLES) {
      return Optional.empty();
    }
    Map<Integer, Map<Integer, Integer>> pairs = new HashMap<>();
    for (int i = 0; i < mine.length; i++) {
      if (mine[i] != 0 && theirs[i] != 0) {
        int unused =
            pairs
                .computeIfAbsent((int) mine[i], label -> new HashMap<>())
                .merge((int) theirs[i], 1, Integer::sum);
      }
    }
    Map<Integer, Integer> numbers = new HashMap<>();
    pairs.forEach(
        (label, others) ->
            numbers.put(
                label,
                others.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey()));
    long same = 0;
    long all = 0;
    for (int i = 0; i < mine.length; i++) {
      all += (mine[i] != 0 ? 1 : 0) + (theirs[i] != 0 ? 1 : 0);
      same += mine[i] != 0 && numbers.getOrDefault((int) mine[i], 0) == (int) theirs[i] ? 1 : 0;
    }
    List<String> words = new ArrayList<>();
    numbers.forEach(
        (label, other) -> {
          if (!label.equals(other)) {
            words.add(label + " is " + other + " there");
          }
        });
    double likeness = 2.0 * same / Math.max(1, all);
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Explanation(
                likeness,
                "labels have other numbers, " + String.join(", ", words) + likelier(likeness)));
  }

  /** A linear map of the values. */
  private List<String> otherValues(double correlation) {
    double[] a = meanAndDeviation(mine);
    double[] b = meanAndDeviation(theirs);
    double scale = Math.signum(correlation) * a[1] / b[1];
    double offset = a[0] - scale * b[0];
    boolean same =
        Math.abs(scale - 1) < 1e-3 && Math.abs(offset) < 1e-3 * Math.max(b[1], Math.abs(b[0]));
    if (same || !Double.isFinite(scale) || Math.abs(correlation) < 0.99) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "other normalization: ours is %.5g times theirs %s %.5g (correlation %.6f)",
            scale,
            offset < 0 ? "-" : "+",
            Math.abs(offset),
            correlation));
  }

  private static double[] meanAndDeviation(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / values.length;
    return new double[] {mean, Math.sqrt(Math.max(0, squares / values.length - mean * mean))};
  }

  /** Of ours and theirs, whose axes are taken in an order, turned round and shifted. */
  private double likeness(int[] order, boolean[] flip, int[] shift) {
    int[] stride = {1, otherSize[0], otherSize[0] * otherSize[1]};
    double count = 0;
    double same = 0;
    double all = 0;
    double[] sums = new double[5];
    int i = 0;
    for (int z = 0; z < size[2]; z++) {
      int fromZ = from(2, z, order, flip, shift, stride);
      for (int y = 0; y < size[1]; y++) {
        int fromY = from(1, y, order, flip, shift, stride);
        for (int x = 0; x < size[0]; x++, i++) {
          int fromX = from(0, x, order, flip, shift, stride);
          boolean there = fromX >= 0 && fromY >= 0 && fromZ >= 0;
          double a = mine[i];
          double b = there ? theirs[fromX + fromY + fromZ] : 0;
          if (measure == Measure.LABELS) {
            all += (a != 0 ? 1 : 0) + (b != 0 ? 1 : 0);
            same += a != 0 && a == b ? 1 : 0;
          } else if (there) {
            count++;
            sums[0] += a;
            sums[1] += b;
            sums[2] += a * a;
            sums[3] += b * b;
            sums[4] += a * b;
          }
        }
      }
    }
    if (measure == Measure.LABELS) {
      return all > 0 ? 2 * same / all : 1;
    }
    double correlation = Correlation.of(sums, count);
    return Double.isNaN(correlation) || 2 * count <= mine.length ? 0 : correlation;
  }

  private int from(int axis, int at, int[] order, boolean[] flip, int[] shift, int[] stride) {
    int place = (flip[axis] ? size[axis] - 1 - at : at) - shift[axis];
    return place < 0 || place >= size[axis] ? -1 : place * stride[order[axis]];
  }
}
