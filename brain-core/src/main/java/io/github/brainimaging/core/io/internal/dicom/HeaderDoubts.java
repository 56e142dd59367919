package io.github.brainimaging.core.io.internal.dicom;

import io.github.brainimaging.core.image.Spacing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a frame's header tells so badly that it was left out; the picture can be read without. */
final class HeaderDoubts {

  /** Reads something. */
  @FunctionalInterface
  private interface Reading {
    Object read() throws IOException;
  }

  private static final List<Integer> TIMES =
      List.of(Tag.REPETITION_TIME, Tag.ECHO_TIME, Tag.INVERSION_TIME);

  private final List<String> sentences = new ArrayList<>();

  private HeaderDoubts() {}

  /** In sentences without values of the header; empty if all is plain. */
  static List<String> of(DicomContent content, int frame) {
    HeaderDoubts doubts = new HeaderDoubts();
    FrameFacts facts = content.facts(frame);
    doubts.tryOut("the orientation", () -> axes(facts));
    for (int time : TIMES) {
      doubts.tryOut("a time", () -> facts.decimal(time));
    }
    doubts.tryOut("the window", () -> DisplayTags.of(content, frame));
    doubts.tryOut("the distance between pixels", () -> spacing(content, facts, frame));
    return List.copyOf(doubts.sentences);
  }

  private static double[] axes(FrameFacts facts) throws IOException {
    double[] axes = facts.decimals(Tag.ORIENTATION);
    if (axes.length > 0 && !(axes.length == 6 && Plane.isOrthogonal(axes))) {
      throw new IOException(
          Tag.name(Tag.ORIENTATION)
              + ": expected two directions at right angles, found something else");
    }
    return axes;
  }

  private static Spacing spacing(DicomContent content, FrameFacts facts, int frame)
      throws IOException {
    Spacing spacing = content.spacing(frame);
    if (facts.decimals(Tag.PIXEL_SPACING).length > 0 && !spacing.isKnown()) {
      throw new IOException(
          Tag.name(Tag.PIXEL_SPACING) + ": expected two numbers above 0, found something else");
    }
    return spacing;
  }

  private void tryOut(String what, Reading reading) {
    try {
      Object unused = reading.read();
    } catch (IOException e) {
      sentences.add(what + " is damaged and was left out: " + e.getMessage());
    }
  }
}
