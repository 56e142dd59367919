package io.github.brainimaging.core.io.internal.dicom.stack;

import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.io.internal.dicom.DicomContent;
import io.github.brainimaging.core.io.internal.dicom.FrameGeometry;
import io.github.brainimaging.core.io.internal.dicom.element.FrameFacts;
import io.github.brainimaging.core.io.internal.dicom.element.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** One frame of one file as a part of a stack: where it lies and what orders it. Immutable. */
public final class Plane {

  /** Directions that differ by less, about half a degree, are one. */
  private static final double SAME_DIRECTION = 0.01;

  /** Spacings that differ by a smaller part are one: they are rounded. */
  private static final double SAME_SPACING = 1e-3;

  /**
   * What may tell in which order planes at one place were made, the most telling first: instance
   * number, times of content and acquisition, the last numbers of the UID, frame and file.
   */
  static final List<Comparator<Plane>> RANKS =
      List.of(
          Comparator.comparingDouble(Plane::number),
          Comparator.comparingDouble(p -> p.ranks[1]),
          Comparator.comparingDouble(p -> p.ranks[2]),
          Plane::compareIds,
          Comparator.comparingDouble(p -> p.ranks[3]),
          Comparator.comparingDouble(p -> p.ranks[4]));

  /** The order in which planes were made, as far as anything tells. */
  static final Comparator<Plane> IN_ORDER =
      RANKS.stream().reduce(Comparator::thenComparing).orElseThrow();

  final int file;
  final int frame;
  final String id;
  final String stackId;

  /** The file that it is a tile of, -1 if it is none. */
  final int mosaic;

  /** Distance between pixels. */
  final Spacing spacing;

  /** What may tell it apart from others at its place; not changed once it is in a stack. */
  double[] labels;

  /** Millimeters, DICOM's patient coordinates (left, back, head); empty if it is not told. */
  private final double[] position;

  /** Direction of a row, then of a column; empty if it is not told. */
  private final double[] orientation;

  /** Where it lies along a normal that is not told, in mm; NaN if that is not told either. */
  private final double location;

  private final double[] ranks;

  private Plane(DicomContent content, double[] commonLabels, int file, int frame)
      throws IOException {
    FrameFacts facts = content.facts(frame);
    FrameGeometry geometry = content.geometry();
    double[] where = facts.decimals(Tag.POSITION);
    double[] directions = facts.decimals(Tag.ORIENTATION);
    boolean known =
        geometry.isPlaced()
            && (where.length == 3 || geometry.tellsPlaces())
            && FrameGeometry.isOrthogonal(directions);
    this.file = file;
    this.frame = frame;
    this.id = facts.text(Tag.SOP_INSTANCE);
    this.stackId = facts.text(Tag.STACK_ID);
    this.mosaic = content.isMosaic() ? file : -1;
    this.spacing = FrameGeometry.spacing(facts);
    this.position = known ? geometry.place(where, directions, frame) : new double[0];
    this.orientation = known ? directions : new double[0];
    boolean located = !known && content.frames() == 1 && facts.has(Tag.SLICE_LOCATION);
    this.location = located ? facts.decimal(Tag.SLICE_LOCATION).orElse(Double.NaN) : Double.NaN;
    this.labels = PlaneLabels.of(facts, commonLabels);
    this.ranks =
        new double[] {
          facts.decimal(Tag.INSTANCE_NUMBER).orElse(0),
          facts.number(Tag.CONTENT_TIME),
          facts.number(Tag.ACQUISITION_TIME),
          frame,
          file
        };
  }

  /** All frames of a file. */
  public static List<Plane> of(DicomContent content, int file) throws IOException {
    double[] commonLabels = PlaneLabels.of(content.commonFacts());
    List<Plane> planes = new ArrayList<>();
    for (int frame = 0; frame < content.frames(); frame++) {
      planes.add(new Plane(content, commonLabels, file, frame));
    }
    return planes;
  }

  private Plane(Plane other, int file, double location) {
    this.file = file;
    this.frame = other.frame;
    this.id = other.id;
    this.stackId = other.stackId;
    this.mosaic = other.mosaic;
    this.spacing = other.spacing;
    this.labels = other.labels;
    this.position = other.position;
    this.orientation = other.orientation;
    this.location = location;
    this.ranks = other.ranks;
  }

  /** The same with another number of its file. */
  Plane withFile(int number) {
    return new Plane(this, number, location);
  }

  /** The same where its location is of no use. */
  Plane withoutLocation() {
    return new Plane(this, file, Double.NaN);
  }

  /** Whether it is the same frame of the same instance, read twice. */
  Object identity() {
    return List.of(
        id,
        frame,
        Arrays.hashCode(position),
        Arrays.hashCode(orientation),
        Arrays.hashCode(labels),
        Double.hashCode(location),
        ranks[0],
        ranks[1]);
  }

  /** The instance number of its file, 0 if it has none. */
  double number() {
    return ranks[0];
  }

  /** Gives a label another value. */
  void relabel(int label, double value) {
    labels = labels.clone(); // Frames share them.
    labels[label] = value;
  }

  /** UIDs of one length in the order of their numbers, as 9.10 comes after 9.9. */
  private static int compareIds(Plane a, Plane b) {
    if (a.id.equals(b.id)) {
      return 0;
    }
    String[] left = a.id.split("\\.", -1);
    String[] right = b.id.split("\\.", -1);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int longer = Integer.compare(left[i].length(), right[i].length());
      int order = longer != 0 ? longer : left[i].compareTo(right[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  /**
   * The file that it is of.
   *
   * @return its number within {@link DicomStack#files}
   */
  public int file() {
    return file;
  }

  /**
   * The frame of its file.
   *
   * @return 0 or more
   */
  public int frame() {
    return frame;
  }

  /**
   * The SOP instance UID of its file.
   *
   * @return the UID
   */
  public String id() {
    return id;
  }

  /**
   * Whether its file tells its place.
   *
   * @return true if it does
   */
  public boolean isPlaced() {
    return position.length == 3;
  }

  /**
   * The middle of its first pixel.
   *
   * @return mm, DICOM's patient coordinates (left, back, head); empty if it is not told
   */
  public double[] position() {
    return position.clone();
  }

  /**
   * Its directions.
   *
   * @return that of a row, then of a column; empty if it is not told
   */
  public double[] orientation() {
    return orientation.clone();
  }

  /** How long a way is within the directions of rows and columns. */
  static double within(double[] way, double[] orientation) {
    double right = 0;
    double down = 0;
    for (int i = 0; i < 3; i++) {
      right += way[i] * orientation[i];
      down += way[i] * orientation[3 + i];
    }
    return Math.hypot(right, down);
  }

  /** Whether anything tells in which order it lies among others. */
  boolean isLocated() {
    return isPlaced() || !Double.isNaN(location);
  }

  /** Distance along the normal of the given orientation in mm, or along the one that it is of. */
  double depth(double[] along) {
    if (!isPlaced()) {
      return location;
    }
    double[] n = FrameGeometry.normal(along);
    return position[0] * n[0] + position[1] * n[1] + position[2] * n[2];
  }

  /** Whether it lies in the direction and has the spacing of another plane, but for rounding. */
  boolean isParallel(Plane other) {
    if (orientation.length != other.orientation.length) {
      return false;
    }
    for (int i = 0; i < orientation.length; i++) {
      if (Math.abs(orientation[i] - other.orientation[i]) > SAME_DIRECTION) {
        return false;
      }
    }
    return spacing.isKnown() == other.spacing.isKnown()
        && (!spacing.isKnown()
            || (isNear(spacing.x(), other.spacing.x()) && isNear(spacing.y(), other.spacing.y())));
  }

  private static boolean isNear(double a, double b) {
    return Math.abs(a - b) <= SAME_SPACING * Math.max(a, b);
  }
}
