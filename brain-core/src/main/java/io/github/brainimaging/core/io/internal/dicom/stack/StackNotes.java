package io.github.brainimaging.core.io.internal.dicom.stack;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is to be told of the places of planes that were put into volumes. */
final class StackNotes {

  /** Below these it is rounding: mm between volumes, mm within one, degrees. */
  private static final double LEAST_MOVE = 0.01;

  private static final double LEAST_SHIFT = 0.5;
  private static final double LEAST_TURN = 0.05;

  private StackNotes() {}

  /** How far volumes are moved and turned against the first. */
  static void addMoves(List<List<Plane>> volumes, List<String> notes) {
    Plane first = volumes.get(0).get(0);
    if (!first.isPlaced()) {
      return;
    }
    double most = 0;
    double turn = 0;
    for (List<Plane> volume : volumes) {
      most = Math.max(most, distance(first.position(), volume.get(0).position()));
      turn = Math.max(turn, angle(first.orientation(), volume.get(0).orientation()));
    }
    if (most >= LEAST_MOVE) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the volumes are moved by up to %.2f mm against the first, whose place is told",
              most));
    }
    if (turn >= LEAST_TURN) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the volumes are turned by up to %.2f degrees against the first, whose place is told",
              turn));
    }
  }

  /** How far slices lie beside the line from the first to the last. */
  static void addShifts(List<List<Plane>> volumes, List<String> notes) {
    double most = volumes.stream().mapToDouble(StackNotes::shift).max().orElse(0);
    if (most >= LEAST_SHIFT) {
      notes.add(
          String.format(Locale.ROOT, "slices are moved within their plane by up to %.1f mm", most));
    }
  }

  private static double shift(List<Plane> slices) {
    if (slices.size() < 3 || !slices.get(0).isPlaced()) {
      return 0;
    }
    double[] from = slices.get(0).position();
    double[] to = slices.get(slices.size() - 1).position();
    double[] axes = slices.get(0).orientation();
    double[] depths = SliceStack.depths(slices);
    double length = depths[depths.length - 1] - depths[0];
    double most = 0;
    for (int z = 0; z < depths.length; z++) {
      double part = length > 0 ? (depths[z] - depths[0]) / length : 0;
      double[] place = slices.get(z).position();
      double[] beside = new double[3];
      for (int i = 0; i < 3; i++) {
        beside[i] = place[i] - from[i] - part * (to[i] - from[i]);
      }
      most = Math.max(most, Plane.within(beside, axes));
    }
    return most;
  }

  /** The length of what lies between. */
  private static double distance(double[] a, double[] b) {
    return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
  }

  /** The larger angle between rows, or columns, in degrees. */
  private static double angle(double[] a, double[] b) {
    double rows = distance(a, b);
    double columns = distance(Arrays.copyOfRange(a, 3, 6), Arrays.copyOfRange(b, 3, 6));
    return Math.toDegrees(Math.max(rows, columns));
  }
}
