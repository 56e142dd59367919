package io.github.brainimaging.core.io.internal.dicom;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;

/** One frame of one file as a part of a stack: where it lies and what orders it. Immutable. */
final class Plane {

  /** What may set apart planes at one place, the most telling first. */
  static final Comparator<Plane> IN_TIME = (a, b) -> Arrays.compare(a.keys, b.keys);

  final int file;
  final int frame;
  final String id;

  /** Millimeters, DICOM's patient coordinates (left, back, head); empty if it is not told. */
  private final double[] position;

  /** Direction of a row, then of a column; empty if it is not told. */
  private final double[] orientation;

  private final double[] keys;

  private Plane(
      int file, int frame, String id, double[] position, double[] orientation, double[] keys) {
    this.file = file;
    this.frame = frame;
    this.id = id;
    this.position = position;
    this.orientation = orientation;
    this.keys = keys;
  }

  static Plane of(DicomContent content, int file, int frame) throws IOException {
    FrameFacts facts = content.facts(frame);
    double[] position = facts.decimals(Tag.POSITION);
    double[] orientation = facts.decimals(Tag.ORIENTATION);
    boolean known =
        content.isPlaced()
            && position.length == 3
            && orientation.length == 6
            && isOrthogonal(orientation);
    double[] keys = {
      facts.decimal(Tag.TEMPORAL_POSITION).orElse(0),
      facts.uint32(Tag.TEMPORAL_POSITION_INDEX).orElse(0),
      facts.float64(Tag.B_VALUE).orElse(0),
      facts.decimal(Tag.ECHO_NUMBER).orElse(0),
      facts.decimal(Tag.ACQUISITION_NUMBER).orElse(0),
      facts.decimal(Tag.TRIGGER_TIME).orElse(0),
      facts.decimal(Tag.INSTANCE_NUMBER).orElse(0),
      frame,
      file
    };
    return new Plane(
        file,
        frame,
        facts.text(Tag.SOP_INSTANCE),
        known ? content.placed(position, orientation, frame) : new double[0],
        known ? orientation : new double[0],
        keys);
  }

  /** Two directions of length 1 at right angles, to 1 %. */
  private static boolean isOrthogonal(double[] o) {
    double row = o[0] * o[0] + o[1] * o[1] + o[2] * o[2];
    double column = o[3] * o[3] + o[4] * o[4] + o[5] * o[5];
    double both = o[0] * o[3] + o[1] * o[4] + o[2] * o[5];
    return Math.abs(row - 1) < 0.01 && Math.abs(column - 1) < 0.01 && Math.abs(both) < 0.01;
  }

  boolean isPlaced() {
    return position.length == 3;
  }

  double[] position() {
    return position.clone();
  }

  double[] orientation() {
    return orientation.clone();
  }

  static double[] normal(double[] o) {
    return new double[] {
      o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]
    };
  }

  /** Distance along the normal in mm. */
  double depth() {
    double[] n = normal(orientation);
    return position[0] * n[0] + position[1] * n[1] + position[2] * n[2];
  }

  /** Planes of one stack have one orientation, to about half a degree. */
  String orientationKey() {
    StringBuilder key = new StringBuilder();
    for (double value : orientation) {
      key.append(Math.round(value * 100)).append(' ');
    }
    return key.toString();
  }
}
