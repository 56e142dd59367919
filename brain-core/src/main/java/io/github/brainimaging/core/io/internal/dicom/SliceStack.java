package io.github.brainimaging.core.io.internal.dicom;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Planes put in order: slices along the normal, and at each place the time points. Without places
 * the planes stay in the order of their numbers. Immutable.
 */
final class SliceStack {

  /** Planes that are closer, in mm, are at one place. */
  private static final double SAME_PLACE = 0.01;

  /** A distance may differ by this part from the usual one. */
  private static final double UNEVEN = 0.1;

  /** For each slice its time points. */
  private final List<List<Plane>> slices;

  private final int duplicates;

  private SliceStack(List<List<Plane>> slices, int duplicates) {
    this.slices = slices;
    this.duplicates = duplicates;
  }

  static SliceStack of(List<Plane> planes) {
    Set<String> seen = new HashSet<>();
    List<Plane> distinct =
        new ArrayList<>(
            planes.stream().filter(p -> p.id.isEmpty() || seen.add(p.id + " " + p.frame)).toList());
    int repeated = planes.size() - distinct.size();
    distinct.sort(Plane.IN_TIME);
    boolean placed = distinct.stream().allMatch(Plane::isPlaced);
    if (placed) {
      distinct.sort(Comparator.comparingDouble(Plane::depth));
    }
    List<List<Plane>> slices = new ArrayList<>();
    double last = Double.NaN;
    for (Plane plane : distinct) {
      if (!placed || !(plane.depth() - last < SAME_PLACE)) {
        slices.add(new ArrayList<>());
        last = placed ? plane.depth() : last;
      }
      slices.get(slices.size() - 1).add(plane);
    }
    slices.forEach(slice -> slice.sort(Plane.IN_TIME));
    int times = slices.get(0).size();
    if (slices.stream().allMatch(slice -> slice.size() == times)) {
      return new SliceStack(slices, repeated);
    }
    // No time series: what is there twice is left out.
    List<List<Plane>> single = slices.stream().map(slice -> List.of(slice.get(0))).toList();
    return new SliceStack(single, planes.size() - single.size());
  }

  int depth() {
    return slices.size();
  }

  int times() {
    return slices.get(0).size();
  }

  int duplicates() {
    return duplicates;
  }

  Plane plane(int slice, int time) {
    return slices.get(slice).get(time);
  }

  boolean isPlaced() {
    return plane(0, 0).isPlaced();
  }

  private double distance(int slice) {
    return plane(slice + 1, 0).depth() - plane(slice, 0).depth();
  }

  /** The usual distance between slices along the normal, in mm; NaN if there is none. */
  double spacing() {
    if (depth() < 2 || !isPlaced()) {
      return Double.NaN;
    }
    double[] distances = new double[depth() - 1];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = distance(i);
    }
    Arrays.sort(distances);
    return distances[distances.length / 2];
  }

  /**
   * Slices that are missing: distances that are multiples of the usual one, unless there are so
   * many of them that the scan was planned like this.
   */
  int missing() {
    int missing = 0;
    int gaps = 0;
    for (int i = 0; isPlaced() && i + 1 < depth(); i++) {
      int absent = (int) Math.min(10_000, Math.round(distance(i) / spacing()) - 1);
      missing += Math.max(0, absent);
      gaps += absent > 0 ? 1 : 0;
    }
    return gaps <= Math.max(1, depth() / 8) ? missing : 0;
  }

  /** Whether all distances are the usual one. */
  boolean isEven() {
    for (int i = 0; isPlaced() && i + 1 < depth(); i++) {
      if (Math.abs(distance(i) - spacing()) > UNEVEN * spacing()) {
        return false;
      }
    }
    return true;
  }

  /** Distances of the slices along the normal from the first one, in mm; empty if not known. */
  double[] offsets() {
    double[] offsets = new double[isPlaced() ? depth() : 0];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = plane(i, 0).depth() - plane(0, 0).depth();
    }
    return offsets;
  }

  /** From one slice to the next in mm, DICOM's coordinates. */
  private double[] step(double fallback) {
    double[] step = Plane.normal(plane(0, 0).orientation());
    if (depth() < 2) {
      return new double[] {step[0] * fallback, step[1] * fallback, step[2] * fallback};
    }
    double[] from = plane(0, 0).position();
    double[] to = plane(depth() - 1, 0).position();
    for (int i = 0; i < 3; i++) {
      step[i] = (to[i] - from[i]) / (depth() - 1);
    }
    return step;
  }

  /** The angle between the normal and the way from slice to slice, in degrees. */
  double tiltDegrees() {
    if (!isPlaced() || depth() < 2) {
      return 0;
    }
    double[] step = step(1);
    double[] normal = Plane.normal(plane(0, 0).orientation());
    double along = 0;
    double length = 0;
    for (int i = 0; i < 3; i++) {
      along += step[i] * normal[i];
      length += step[i] * step[i];
    }
    return Math.toDegrees(Math.acos(Math.min(1, Math.abs(along) / Math.sqrt(length))));
  }

  /**
   * The grid in RAS+ millimeters.
   *
   * @param fallback distance between slices for a single slice, NaN if unknown
   */
  VolumeGrid grid(int width, int height, Spacing spacing, double fallback) {
    VolumeGrid grid = VolumeGrid.ofSize(width, height, depth());
    if (!isPlaced() || !spacing.isKnown() || (depth() < 2 && !(fallback > 0))) {
      return grid;
    }
    double[] o = plane(0, 0).orientation();
    double[] p = plane(0, 0).position();
    double[] step = step(fallback);
    double[] rows = new double[12];
    for (int i = 0; i < 3; i++) {
      int sign = i < 2 ? -1 : 1;
      // Adding 0 makes 0 of -0.
      rows[4 * i] = sign * o[i] * spacing.x() + 0;
      rows[4 * i + 1] = sign * o[3 + i] * spacing.y() + 0;
      rows[4 * i + 2] = sign * step[i] + 0;
      rows[4 * i + 3] = sign * p[i] + 0;
    }
    return Optional.of(rows)
        .filter(Affine::isInvertible)
        .map(found -> grid.withAffine(Affine.of(found)))
        .orElse(grid);
  }
}
