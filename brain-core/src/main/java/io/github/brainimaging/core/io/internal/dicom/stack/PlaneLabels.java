package io.github.brainimaging.core.io.internal.dicom.stack;

import io.github.brainimaging.core.io.internal.dicom.element.FrameFacts;
import io.github.brainimaging.core.io.internal.dicom.element.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What may tell apart frames at one place: volumes of a series differ in some of these. */
final class PlaneLabels {

  /** GE adds this to b-values. */
  private static final double GE_OFFSET = 1e9;

  /** Measured values that differ by a smaller part are one. */
  private static final double ROUNDING = 1e-3;

  private static final int LONGEST_INDEX = 16;

  /** How a value is written, and what it is good for. */
  private enum Form {
    /** A text that is a number, be it a date. */
    NUMBER,
    /** The same, measured: it is rounded. */
    MEASURED,
    /** Binary, of four or eight bytes, measured. */
    FLOAT,
    /** A binary whole number. */
    COUNT,
    /** Any text: it tells only that volumes differ, not in which order they come. */
    CODE,
    /** The same of any bytes. */
    BYTES
  }

  /**
   * One of them.
   *
   * @param form how it is written
   * @param part which of several values
   * @param ordering whether it tells in which order volumes come, not only that they differ
   * @param tags where it stands, the first that has a value
   */
  private record Label(Form form, int part, boolean ordering, List<Integer> tags) {}

  /** The most telling first. */
  private static final List<Label> LABELS =
      List.of(
          label(Form.NUMBER, Tag.TEMPORAL_POSITION),
          label(Form.COUNT, Tag.TEMPORAL_POSITION_INDEX),
          label(Form.FLOAT, Tag.TEMPORAL_OFFSET),
          label(Form.FLOAT, Tag.B_VALUE, Tag.PHILIPS_B_VALUE),
          label(Form.NUMBER, Tag.SIEMENS_B_VALUE, Tag.GE_B_VALUE),
          label(Form.NUMBER, Tag.GRADIENT_NUMBER),
          label(Form.NUMBER, Tag.ECHO_NUMBER),
          label(Form.FLOAT, Tag.EFFECTIVE_ECHO_TIME),
          label(Form.MEASURED, Tag.ECHO_TIME),
          label(Form.NUMBER, Tag.ACQUISITION_NUMBER),
          label(Form.NUMBER, Tag.FRAME_ACQUISITION_DATETIME, Tag.ACQUISITION_DATETIME),
          label(Form.NUMBER, Tag.FRAME_REFERENCE_DATETIME),
          label(Form.COUNT, Tag.FRAME_ACQUISITION_NUMBER),
          label(Form.MEASURED, Tag.INVERSION_TIME),
          label(Form.FLOAT, Tag.INVERSION_TIMES),
          label(Form.MEASURED, Tag.FLIP_ANGLE),
          label(Form.MEASURED, Tag.TRIGGER_TIME, Tag.FRAME_REFERENCE_TIME),
          label(Form.FLOAT, Tag.TRIGGER_DELAY),
          label(Form.NUMBER, Tag.ACQUISITION_TIME),
          label(Form.NUMBER, Tag.CONTENT_TIME),
          label(Form.MEASURED, Tag.KVP),
          direction(Form.FLOAT, 0, Tag.GRADIENT_DIRECTION, Tag.SIEMENS_DIRECTION),
          direction(Form.FLOAT, 1, Tag.GRADIENT_DIRECTION, Tag.SIEMENS_DIRECTION),
          direction(Form.FLOAT, 2, Tag.GRADIENT_DIRECTION, Tag.SIEMENS_DIRECTION),
          direction(Form.FLOAT, 0, Tag.PHILIPS_DIRECTION),
          direction(Form.FLOAT, 0, Tag.PHILIPS_DIRECTION + 1),
          direction(Form.FLOAT, 0, Tag.PHILIPS_DIRECTION + 2),
          direction(Form.MEASURED, 0, Tag.GE_DIRECTION),
          direction(Form.MEASURED, 0, Tag.GE_DIRECTION + 1),
          direction(Form.MEASURED, 0, Tag.GE_DIRECTION + 2),
          label(Form.CODE, Tag.COMPLEX_COMPONENT),
          label(Form.CODE, Tag.FRAME_TYPE, Tag.IMAGE_TYPE),
          label(Form.BYTES, Tag.GE_COMPONENT),
          label(Form.CODE, Tag.ASL_CONTEXT, Tag.PHILIPS_LABEL),
          label(Form.BYTES, Tag.VELOCITY_DIRECTION),
          label(Form.MEASURED, Tag.SLICE_THICKNESS),
          label(Form.CODE, Tag.KERNEL));

  /** Every tag that is read here. */
  private static final Set<Integer> TAGS =
      LABELS.stream().flatMap(label -> label.tags.stream()).collect(Collectors.toSet());

  private static final Set<Integer> TIMES =
      Set.of(
          Tag.FRAME_ACQUISITION_DATETIME,
          Tag.ACQUISITION_TIME,
          Tag.TRIGGER_TIME,
          Tag.TRIGGER_DELAY);

  private PlaneLabels() {}

  private static Label label(Form form, Integer... tags) {
    return new Label(form, 0, form != Form.CODE && form != Form.BYTES, List.of(tags));
  }

  /** Part of the direction of a gradient. */
  private static Label direction(Form form, int part, Integer... tags) {
    return new Label(form, part, false, List.of(tags));
  }

  /**
   * The labels of a frame, as numbers; 0 for what is not told. Behind them stand the values of its
   * dimension index.
   *
   * @param common those of a frame that tells nothing itself, which is the usual case
   */
  static double[] of(FrameFacts facts, double[] common) {
    boolean own = facts.tellsAny(TAGS);
    double[] index = facts.uint32s(Tag.DIMENSION_VALUES);
    if (!own && index.length == 0) {
      return common;
    }
    double[] all = own ? of(facts) : common.clone();
    System.arraycopy(index, 0, all, LABELS.size(), Math.min(index.length, LONGEST_INDEX));
    return all;
  }

  static double[] of(FrameFacts facts) {
    double[] all = new double[LABELS.size() + LONGEST_INDEX];
    for (int i = 0; i < LABELS.size(); i++) {
      all[i] = value(facts, LABELS.get(i));
    }
    return all;
  }

  private static double value(FrameFacts facts, Label label) {
    Optional<Integer> told = label.tags.stream().filter(facts::has).findFirst();
    if (told.isEmpty()) {
      return 0;
    }
    int tag = told.get();
    double[] numbers =
        switch (label.form) {
          case NUMBER, MEASURED -> new double[] {facts.number(tag)};
          case COUNT -> facts.counts(tag);
          case FLOAT -> facts.floats(tag);
          case CODE -> new double[] {facts.text(tag).hashCode()};
          case BYTES -> new double[] {facts.hash(tag)};
        };
    double found = label.part < numbers.length ? numbers[label.part] : 0;
    boolean offset = tag == Tag.GE_B_VALUE && found >= GE_OFFSET;
    return Double.isNaN(found) ? 0 : offset ? found - GE_OFFSET : found;
  }

  /** Whether a label says in which order volumes come, not only that they differ. */
  static boolean isOrdering(int label) {
    return label >= LABELS.size() || LABELS.get(label).ordering;
  }

  /** Makes values one that differ by rounding only; planes are labeled then. */
  static void unify(List<Plane> planes) {
    for (int i = 0; i < LABELS.size(); i++) {
      Form form = LABELS.get(i).form;
      if (form == Form.MEASURED || form == Form.FLOAT) {
        unify(planes, i);
      }
    }
  }

  private static void unify(List<Plane> planes, int label) {
    double known = planes.get(0).labels[label];
    if (planes.stream().allMatch(plane -> plane.labels[label] == known)) {
      return;
    }
    List<Plane> sorted = new ArrayList<>(planes);
    sorted.sort(Comparator.comparingDouble(plane -> plane.labels[label]));
    double last = Double.NaN;
    double first = Double.NaN;
    for (Plane plane : sorted) {
      double value = plane.labels[label];
      first = Math.abs(value - last) <= ROUNDING * Math.abs(value) ? first : value;
      last = value;
      if (first != value) {
        plane.relabel(label, first);
      }
    }
  }

  /** Labels that are times: at each place they tell in which order its planes were made. */
  static int[] times() {
    return IntStream.range(0, LABELS.size())
        .filter(i -> TIMES.contains(LABELS.get(i).tags.get(0)))
        .toArray();
  }
}
