package io.github.brainimaging.core.io.internal.codec.jpeg2000;

import java.util.ArrayList;
import java.util.List;

/** One code-block: its place in the subband and the coding passes that the packets bring. */
final class CodeBlock {

  /** Passes that share one codeword, and the parts of it in the tile's data. */
  static final class Segment {
    final int maximumPasses;
    int passes;
    int length;
    final List<int[]> parts = new ArrayList<>();

    Segment(int maximumPasses) {
      this.maximumPasses = maximumPasses;
    }

    byte[] bytes(byte[] data) {
      byte[] all = new byte[length];
      int at = 0;
      for (int[] part : parts) {
        System.arraycopy(data, part[0], all, at, part[1]);
        at += part[1];
      }
      return all;
    }
  }

  final int x;
  final int y;
  final int width;
  final int height;
  final List<Segment> segments = new ArrayList<>();
  boolean included;
  int zeroPlanes;
  int lengthBits = 3;

  /** Left and top within the subband. */
  CodeBlock(int x, int y, int width, int height) {
    this.x = x;
    this.y = y;
    this.width = width;
    this.height = height;
  }

  /** The segment that the next pass belongs to (T.800, D.4.2 and D.6; T.814, B.3). */
  Segment open(Coding coding) {
    Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
    if (last != null && last.passes < last.maximumPasses) {
      return last;
    }
    int maximum = Integer.MAX_VALUE;
    if (coding.has(Coding.HIGH_THROUGHPUT)) {
      maximum = last == null || last.maximumPasses == 2 ? 1 : 2;
    } else if (coding.has(Coding.TERMINATE)) {
      maximum = 1;
    } else if (coding.has(Coding.BYPASS)) {
      maximum = last == null ? 10 : last.maximumPasses == 2 ? 1 : 2;
    }
    Segment next = new Segment(maximum);
    segments.add(next);
    return next;
  }
}
