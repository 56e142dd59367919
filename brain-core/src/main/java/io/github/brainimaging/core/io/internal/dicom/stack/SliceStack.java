package io.github.brainimaging.core.io.internal.dicom.stack;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.io.internal.dicom.FrameGeometry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Planes put in order: volumes of slices along the normal. Without places the planes stay in the
 * order of their numbers. Immutable.
 */
final class SliceStack {

  /** A distance may differ by this part from the usual one. */
  private static final double UNEVEN = 0.1;

  /** For each volume its slices. */
  private final List<List<Plane>> volumes;

  private final double[] depths;
  private final double spacing;
  private final int duplicates;
  private final List<String> notes;

  /**
   * A stack.
   *
   * @param volumes for each volume its slices, in order
   * @param duplicates planes that were left out
   * @param notes what else a user should know
   */
  SliceStack(List<List<Plane>> volumes, int duplicates, List<String> notes) {
    this.volumes = volumes;
    this.duplicates = duplicates;
    this.notes = notes;
    this.depths = plane(0, 0).isLocated() ? depths(volumes.get(0)) : new double[0];
    this.spacing = usualDistance(depths);
  }

  /** The same with its files numbered by their places in a list. */
  SliceStack numberedBy(List<Integer> files) {
    Map<Integer, Integer> numbers = new HashMap<>();
    files.forEach(file -> numbers.put(file, numbers.size()));
    return new SliceStack(
        volumes.stream()
            .map(v -> v.stream().map(p -> p.withFile(numbers.getOrDefault(p.file, 0))).toList())
            .toList(),
        duplicates,
        notes);
  }

  /** Where slices lie along the normal of the first one, in mm. */
  static double[] depths(List<Plane> slices) {
    double[] along = slices.get(0).orientation();
    return slices.stream().mapToDouble(plane -> plane.depth(along)).toArray();
  }

  /** The usual distance between neighbors, NaN if there are none. */
  static double usualDistance(double[] depths) {
    if (depths.length < 2) {
      return Double.NaN;
    }
    double[] distances = new double[depths.length - 1];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = depths[i + 1] - depths[i];
    }
    Arrays.sort(distances);
    return distances[distances.length / 2];
  }

  /** Whether all distances are the usual one. */
  static boolean isEven(double[] depths, double usual) {
    for (int i = 0; i + 1 < depths.length; i++) {
      if (!(Math.abs(depths[i + 1] - depths[i] - usual) <= UNEVEN * usual)) {
        return false;
      }
    }
    return true;
  }

  int depth() {
    return volumes.get(0).size();
  }

  int times() {
    return volumes.size();
  }

  int duplicates() {
    return duplicates;
  }

  List<String> notes() {
    return notes;
  }

  Plane plane(int slice, int time) {
    return volumes.get(time).get(slice);
  }

  boolean isPlaced() {
    return plane(0, 0).isPlaced();
  }

  /** The usual distance between slices along the normal, in mm; NaN if there is none. */
  double spacing() {
    return spacing;
  }

  /**
   * Slices that are missing: distances that are multiples of the usual one, unless there are so
   * many of them that the scan was planned like this.
   */
  int missing() {
    int missing = 0;
    int gaps = 0;
    for (int i = 0; i + 1 < depths.length; i++) {
      int absent = (int) Math.min(10_000, Math.round((depths[i + 1] - depths[i]) / spacing) - 1);
      missing += Math.max(0, absent);
      gaps += absent > 0 ? 1 : 0;
    }
    return gaps <= Math.max(1, depth() / 8) ? missing : 0;
  }

  /** Whether all distances are the usual one. */
  boolean isEven() {
    return isEven(depths, spacing);
  }

  /** Distances of the slices along the normal from the first one, in mm; empty if not known. */
  double[] offsets() {
    return Arrays.stream(depths).map(depth -> depth - depths[0]).toArray();
  }

  /** From one slice to the next in mm, DICOM's coordinates. */
  private double[] step(double fallback) {
    double[] step = FrameGeometry.normal(plane(0, 0).orientation());
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
    double[] normal = FrameGeometry.normal(plane(0, 0).orientation());
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
   * @param fallback distance between slices where their places do not tell it, NaN if unknown
   */
  VolumeGrid grid(int width, int height, Spacing pixels, double fallback) {
    VolumeGrid size = VolumeGrid.ofSize(width, height, depth());
    double between = spacing > 0 ? spacing : fallback;
    VolumeGrid grid =
        pixels.isKnown() && between > 0
            ? size.withSpacing(new VoxelSpacing(pixels.x(), pixels.y(), between))
            : size;
    if (!isPlaced() || !pixels.isKnown() || (depth() < 2 && !(fallback > 0))) {
      return grid;
    }
    double[] o = plane(0, 0).orientation();
    double[] p = plane(0, 0).position();
    double[] step = step(fallback);
    double[] rows = new double[12];
    for (int i = 0; i < 3; i++) {
      int sign = i < 2 ? -1 : 1;
      // Adding 0 makes 0 of -0.
      rows[4 * i] = sign * o[i] * pixels.x() + 0;
      rows[4 * i + 1] = sign * o[3 + i] * pixels.y() + 0;
      rows[4 * i + 2] = sign * step[i] + 0;
      rows[4 * i + 3] = sign * p[i] + 0;
    }
    return Optional.of(rows)
        .filter(Affine::isInvertible)
        .map(found -> grid.withAffine(Affine.of(found)))
        .orElse(grid);
  }
}
