package io.github.brainimaging.core.io.internal.dicom.result;

import io.github.brainimaging.core.image.VolumeMask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The frames of a segmentation: one for each slice that is not empty or, if all are, one for every
 * slice. Immutable.
 */
final class SegmentationFrames {

  private static final CodedConcept SEGMENTATION = CodedConcept.dcm("113076", "Segmentation");

  private final StackFrames frames;
  private final VolumeMask mask;
  private final List<Integer> slices;

  SegmentationFrames(Origin origin, VolumeMask mask) {
    this.frames = new StackFrames(origin);
    this.mask = mask;
    this.slices =
        IntStream.range(0, mask.grid().depth())
            .filter(z -> mask.isEmpty() || !mask.slice(z).isEmpty())
            .boxed()
            .toList();
  }

  int count() {
    return slices.size();
  }

  /** One bit a pixel, the first in the lowest bit, without gaps between frames (PS3.5, 8.1.1). */
  byte[] pixels() {
    int size = mask.grid().width() * mask.grid().height();
    BitSet bits = new BitSet();
    for (int frame = 0; frame < slices.size(); frame++) {
      boolean[] inside = mask.slice(slices.get(frame)).toArray();
      for (int i = 0; i < size; i++) {
        if (inside[i]) {
          bits.set(frame * size + i);
        }
      }
    }
    byte[] packed = new byte[(int) (((long) slices.size() * size + 7) / 8)];
    byte[] start = bits.toByteArray();
    System.arraycopy(start, 0, packed, 0, start.length);
    return packed;
  }

  /** What holds for all frames. */
  DataSetWriter sharedGroups() throws IOException {
    return frames.sharedGroups();
  }

  /** What holds for each frame: its place, its segment, and the image it was made from. */
  List<DataSetWriter> groups() {
    List<DataSetWriter> groups = new ArrayList<>();
    for (int z : slices) {
      groups.add(
          frames
              .group(z, SEGMENTATION, SegmentText.NUMBER, groups.size() + 1)
              .sequence(
                  Attribute.SEGMENT_IDENTIFICATION,
                  new DataSetWriter().uint16(Attribute.REFERENCED_SEGMENT, SegmentText.NUMBER)));
    }
    return groups;
  }
}
