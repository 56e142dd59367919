package io.github.brainimaging.core.io.internal.codec.jpeg2000;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a high-throughput code-block (ITU-T T.814): the cleanup pass, which finds whole
 * magnitudes in quads of 2 x 2, and up to two passes that refine them by a bit. Magnitudes are kept
 * doubled, so that the middle of the interval that is still open can be told.
 */
final class HtBlockDecoder {

  private final CodeBlock block;
  private final Band band;
  private final HtRefinement samples;
  private final int plane;
  private final int[] lengths = new int[2];

  HtBlockDecoder(CodeBlock block, Band band, Coding coding) {
    this.block = block;
    this.band = band;
    this.plane = band.planes - block.zeroPlanes - 1;
    this.samples = new HtRefinement(block.width, block.height, plane, coding.has(Coding.CAUSAL));
  }

  void decode(byte[] data) throws IOException {
    if (block.segments.size() > 2) {
      throw new IOException("JPEG 2000 with several sets of HT passes is not supported");
    }
    CodeBlock.Segment refinement = block.segments.size() > 1 ? block.segments.get(1) : null;
    if (plane < (refinement == null ? 0 : 1)) {
      throw new IOException("damaged JPEG 2000 data: more passes than bit planes");
    }
    cleanUp(block.segments.get(0).bytes(data));
    // Without bytes there is nothing to refine by.
    if (refinement != null && refinement.length > 0) {
      byte[] codeword = refinement.bytes(data);
      if (refinement.passes > 1) {
        samples.refine(HtBits.down(codeword, 0, codeword.length));
      }
      samples.propagate(HtBits.up(codeword, 0, codeword.length, 0));
    }
    for (int y = 0; y < block.height; y++) {
      for (int x = 0; x < block.width; x++) {
        int at = samples.at(x, y);
        band.set(block.x + x, block.y + y, samples.magnitudes[at], samples.negative[at]);
      }
    }
  }

  private void cleanUp(byte[] data) throws IOException {
    int length = data.length;
    int tail = length < 2 ? 0 : (data[length - 1] & 0xFF) << 4 | (data[length - 2] & 0xF);
    if (tail < 2 || tail > length || tail > 4079) {
      throw new IOException("damaged JPEG 2000 data: the parts of a block have no such length");
    }
    HtBits signs = HtBits.up(data, 0, length - tail, 0xFF);
    MelDecoder events = new MelDecoder(data, length - tail, length - 2);
    HtBits codes = HtBits.belowLength(data, length - tail, length);
    for (int y = 0; y < block.height; y += 2) {
      int left = 0;
      for (int x = 0; x < block.width; x += 4) {
        int first = quad(x, y, left, codes, events);
        int second = x + 2 < block.width ? quad(x + 2, y, first, codes, events) : 0;
        readLengths(
            HtTables.hasLength(first), HtTables.hasLength(second), y == 0 ? events : null, codes);
        magnitudes(x, y, first, lengths[0], signs);
        magnitudes(x + 2, y, second, lengths[1], signs);
        left = second;
      }
    }
  }

  /** Which samples of a quad are not zero, and more: an entry of {@link HtTables}. */
  private int quad(int x, int y, int left, HtBits codes, MelDecoder events) {
    int pattern = HtTables.pattern(left);
    int context;
    if (y == 0) {
      context = (pattern >> 1) | (pattern & 1);
    } else {
      int above = samples.at(x, y - 1);
      context =
          (isSet(above - 1) | isSet(above))
              | (pattern > 3 ? 2 : 0)
              | (isSet(above + 1) | isSet(above + 2)) << 2;
    }
    if (context == 0 && !events.event()) {
      return 0;
    }
    int entry = HtTables.entry(y == 0, context, codes.peek());
    codes.skip(HtTables.codeLength(entry));
    return entry;
  }

  private int isSet(int at) {
    return samples.magnitudes[at] == 0 ? 0 : 1;
  }

  /**
   * By how much the magnitudes of two quads are longer than foreseen (T.814, 7.3.6).
   *
   * @param events those of the first row of quads, null in the others
   */
  private void readLengths(
      boolean first, boolean second, @Nullable MelDecoder events, HtBits codes) {
    boolean both = first && second;
    boolean longer = both && events != null && events.event();
    lengths[0] = first ? prefix(codes) : 0;
    if (both && events != null && !longer && lengths[0] > 2) {
      lengths[1] = 1 + codes.read(1);
      lengths[0] += suffix(lengths[0], codes);
      return;
    }
    lengths[1] = second ? prefix(codes) : 0;
    for (int i = 0; i < 2; i++) {
      lengths[i] += suffix(lengths[i], codes) + (longer ? 2 : 0);
    }
  }

  private static int prefix(HtBits codes) {
    if (codes.read(1) == 1) {
      return 1;
    }
    if (codes.read(1) == 1) {
      return 2;
    }
    return codes.read(1) == 1 ? 3 : 5;
  }

  private static int suffix(int prefix, HtBits codes) {
    return prefix < 3 ? 0 : codes.read(prefix == 3 ? 1 : 5);
  }

  /** The samples of a quad, with their signs (T.814, 7.3.7 and 7.3.8). */
  private void magnitudes(int x, int y, int entry, int length, HtBits signs) throws IOException {
    int pattern = HtTables.pattern(entry);
    int bound = length + (y > 0 && Integer.bitCount(pattern) > 1 ? foreseen(x, y) : 1);
    if (bound > block.zeroPlanes + 2) {
      throw new IOException("damaged JPEG 2000 data: a sample has more bits than the block");
    }
    for (int n = 0; n < 4; n++) {
      if ((pattern >> n & 1) == 0) {
        continue;
      }
      if (x + (n >> 1) >= block.width || y + (n & 1) >= block.height) {
        throw new IOException("damaged JPEG 2000 data: samples outside of the block");
      }
      int known = HtTables.isKnown(entry, n);
      int value = signs.read(bound - known);
      int at = samples.at(x + (n >> 1), y + (n & 1));
      samples.negative[at] = (value & 1) == 1;
      int odd = value | HtTables.knownBit(entry, n) << (bound - known) | 1;
      samples.magnitudes[at] = (odd + 2) << plane;
    }
  }

  /** The length that the samples above a quad of several samples make likely. */
  private int foreseen(int x, int y) {
    int above = samples.at(x, y - 1);
    int longest = 1;
    for (int at = above - 1; at <= above + 2; at++) {
      if (samples.magnitudes[at] != 0) {
        int odd = (samples.magnitudes[at] >>> plane) - 2;
        longest = Math.max(longest, 31 - Integer.numberOfLeadingZeros(odd));
      }
    }
    return longest;
  }
}
