package io.github.brainimaging.core.io.internal.dicom;

import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What may tell apart frames at one place: volumes of a series differ in some of these. */
final class PlaneLabels {

  /** The attributes that order volumes too, the most telling first. */
  private static final int ORDERING = 6;

  /** Labels before the values of the dimension index. */
  private static final int BEFORE_INDEX = 16;

  private static final int LONGEST_INDEX = 16;

  private static final Pattern TIME = Pattern.compile("\\d{1,12}(\\.\\d{1,12})?");
  private static final Pattern INTEGER = Pattern.compile("\\d{1,9}");

  private PlaneLabels() {}

  /** The labels of a frame, as numbers; 0 for what is not told. */
  static double[] of(FrameFacts facts) throws IOException {
    double[] direction = facts.float64s(Tag.GRADIENT_DIRECTION);
    double echoTime = facts.decimal(Tag.ECHO_TIME).orElse(0);
    double[] first = {
      facts.decimal(Tag.TEMPORAL_POSITION).orElse(0),
      Arrays.stream(facts.uint32s(Tag.TEMPORAL_POSITION_INDEX)).findFirst().orElse(0),
      facts.float64(Tag.B_VALUE).orElse(0),
      integer(facts, Tag.GRADIENT_NUMBER),
      facts.decimal(Tag.ECHO_NUMBER).orElse(0),
      facts.float64(Tag.EFFECTIVE_ECHO_TIME).orElse(echoTime),
      facts.decimal(Tag.ACQUISITION_NUMBER).orElse(0),
      facts.decimal(Tag.INVERSION_TIME).orElse(0),
      facts.decimal(Tag.TRIGGER_TIME).orElse(0),
      number(facts, Tag.ACQUISITION_TIME),
      direction.length == 3 ? direction[0] : 0,
      direction.length == 3 ? direction[1] : 0,
      direction.length == 3 ? direction[2] : 0,
      kind(facts),
      facts.decimal(Tag.SLICE_THICKNESS).orElse(0),
      facts.text(Tag.KERNEL).hashCode()
    };
    double[] index = facts.uint32s(Tag.DIMENSION_VALUES);
    double[] all = Arrays.copyOf(first, BEFORE_INDEX + LONGEST_INDEX);
    System.arraycopy(index, 0, all, BEFORE_INDEX, Math.min(index.length, LONGEST_INDEX));
    return all;
  }

  /** Whether a label says in which order volumes come, not only that they differ. */
  static boolean isOrdering(int label) {
    return label <= ORDERING || label >= BEFORE_INDEX;
  }

  /** Magnitude, phase, real and imaginary part, and whatever else the type of the image tells. */
  private static double kind(FrameFacts facts) {
    String component = facts.text(Tag.COMPLEX_COMPONENT);
    String frame = facts.text(Tag.FRAME_TYPE);
    return (component + " " + (frame.isEmpty() ? facts.text(Tag.IMAGE_TYPE) : frame)).hashCode();
  }

  /** Hours, minutes and seconds as they are written; 0 if it is none. */
  static double number(FrameFacts facts, int tag) {
    String text = facts.text(tag);
    return TIME.matcher(text).matches() ? Double.parseDouble(text) : 0;
  }

  /** A private whole number; 0 if it is written in another way. */
  private static double integer(FrameFacts facts, int tag) {
    String text = facts.text(tag);
    return INTEGER.matcher(text).matches() ? Double.parseDouble(text) : 0;
  }
}
