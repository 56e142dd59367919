package io.github.brainimaging.core.io.internal.dicom;

import io.github.brainimaging.core.io.internal.dicom.element.FrameFacts;
import io.github.brainimaging.core.io.internal.dicom.element.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a frame's header tells so badly that it was left out; the picture can be read without. */
public final class HeaderDoubts {

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
  public static List<String> of(DicomContent content, int frame) {
    HeaderDoubts doubts = new HeaderDoubts();
    FrameFacts facts = content.facts(frame);
    doubts.tryOut("the orientation", () -> facts.decimals(Tag.ORIENTATION));
    for (int time : TIMES) {
      doubts.tryOut("a time", () -> facts.decimal(time));
    }
    doubts.tryOut("the window", () -> DisplayTags.of(content, frame));
    return List.copyOf(doubts.sentences);
  }

  private void tryOut(String what, Reading reading) {
    try {
      Object unused = reading.read();
    } catch (IOException e) {
      sentences.add(what + " is damaged and was left out: " + e.getMessage());
    }
  }
}
