package io.github.brainimaging.core.io.internal.dicom.result;

import io.github.brainimaging.core.image.VolumeMask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The frames of a segmentation: of each segment one for each slice that it has something on or, if
 * all are empty, one of the first for every slice. Immutable.
 */
final class SegmentationFrames {

  private static final CodedConcept SEGMENTATION = CodedConcept.dcm("113076", "Segmentation");

  /** A slice of a segment, both by their numbers; that of the segment from 1. */
  private record Frame(int segment, int slice) {}

  private final StackFrames stack;
  private final List<Segment> segments;
  private final List<Frame> frames;

  SegmentationFrames(Origin origin, List<Segment> segments) {
    this.stack = new StackFrames(origin);
    this.segments = segments;
    boolean empty = segments.stream().allMatch(segment -> segment.mask().isEmpty());
    List<Frame> found = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      VolumeMask mask = segments.get(i).mask();
      for (int z = 0; z < mask.grid().depth(); z++) {
        if (empty ? i == 0 : !mask.slice(z).isEmpty()) {
          found.add(new Frame(i + 1, z));
        }
      }
    }
    this.frames = List.copyOf(found);
  }

  int count() {
    return frames.size();
  }

  /** One bit a pixel, the first in the lowest bit, without gaps between frames (PS3.5, 8.1.1). */
  byte[] pixels() {
    int size = segments.get(0).mask().grid().width() * segments.get(0).mask().grid().height();
    BitSet bits = new BitSet();
    for (int frame = 0; frame < frames.size(); frame++) {
      Frame at = frames.get(frame);
      boolean[] inside = segments.get(at.segment() - 1).mask().slice(at.slice()).toArray();
      for (int i = 0; i < size; i++) {
        if (inside[i]) {
          bits.set(frame * size + i);
        }
      }
    }
    byte[] packed = new byte[(int) (((long) frames.size() * size + 7) / 8)];
    byte[] start = bits.toByteArray();
    System.arraycopy(start, 0, packed, 0, start.length);
    return packed;
  }

  /** What holds for all frames. */
  DataSetWriter sharedGroups() throws IOException {
    return stack.sharedGroups();
  }

  /** What holds for each frame: its place, its segment, and the image it was made from. */
  List<DataSetWriter> groups() {
    List<Integer> places = frames.stream().map(Frame::slice).distinct().sorted().toList();
    List<DataSetWriter> groups = new ArrayList<>();
    for (Frame frame : frames) {
      groups.add(
          stack
              .group(
                  frame.slice(), SEGMENTATION, frame.segment(), places.indexOf(frame.slice()) + 1)
              .sequence(
                  Attribute.SEGMENT_IDENTIFICATION,
                  new DataSetWriter().uint16(Attribute.REFERENCED_SEGMENT, frame.segment())));
    }
    return groups;
  }
}
