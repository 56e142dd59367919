package io.github.brainimaging.core.io.internal.codec.jpeg2000;

import io.github.brainimaging.core.io.internal.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How a component is coded (COD and COC, T.800, A.6.1 and A.6.2).
 *
 * @param levels wavelet decompositions, 0 to 32
 * @param blockWidth exponent of the width of the code-blocks
 * @param blockHeight exponent of their height
 * @param style flags of the block coder
 * @param reversible whether the wavelet is the 5/3 one
 * @param precincts for each resolution the exponents of the height (times 16) and the width
 */
record Coding(
    int levels,
    int blockWidth,
    int blockHeight,
    int style,
    boolean reversible,
    List<Integer> precincts) {

  static final int BYPASS = 1;
  static final int RESET = 2;
  static final int TERMINATE = 4;
  static final int CAUSAL = 8;
  static final int SYMBOLS = 32;
  static final int HIGH_THROUGHPUT = 64;
  private static final int MIXED = 128;

  /** Reads the parameters that COD and COC share. */
  static Coding read(Bytes bytes, long at, boolean ownPrecincts) throws IOException {
    int levels = bytes.uint8(at);
    int width = bytes.uint8(at + 1) + 2;
    int height = bytes.uint8(at + 2) + 2;
    int wavelet = bytes.uint8(at + 4);
    if (levels > 32 || width > 10 || height > 10 || width + height > 12 || wavelet > 1) {
      throw new IOException("found JPEG 2000 coding parameters out of their range");
    }
    int style = bytes.uint8(at + 3);
    if ((style & MIXED) != 0) {
      throw new IOException("JPEG 2000 with code-blocks of both kinds is not supported");
    }
    List<Integer> precincts = new ArrayList<>();
    for (int r = 0; r <= levels; r++) {
      int exponents = ownPrecincts ? bytes.uint8(at + 5 + r) : 0xFF;
      if (r > 0 && ((exponents & 15) == 0 || exponents >> 4 == 0)) {
        throw new IOException("found a JPEG 2000 precinct that is too small");
      }
      precincts.add(exponents);
    }
    return new Coding(levels, width, height, style, wavelet == 1, List.copyOf(precincts));
  }

  boolean has(int flag) {
    return (style & flag) != 0;
  }

  int precinctWidth(int resolution) {
    return precincts.get(resolution) & 15;
  }

  int precinctHeight(int resolution) {
    return precincts.get(resolution) >> 4;
  }
}
