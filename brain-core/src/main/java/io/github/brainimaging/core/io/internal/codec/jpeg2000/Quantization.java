package io.github.brainimaging.core.io.internal.codec.jpeg2000;

import io.github.brainimaging.core.io.internal.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Exponents and steps of the subbands (QCD and QCC, T.800, A.6.4 and A.6.5).
 *
 * @param style 0 none, 1 derived from the first, 2 one for each subband
 * @param guardBits guard bits
 * @param steps exponent times 2048 plus mantissa, subband after subband
 */
record Quantization(int style, int guardBits, List<Integer> steps) {

  static Quantization read(Bytes bytes, long at, long end) throws IOException {
    int style = bytes.uint8(at);
    List<Integer> steps = new ArrayList<>();
    int size = (style & 31) == 0 ? 1 : 2;
    for (long i = at + 1; i + size <= end; i += size) {
      steps.add(size == 1 ? bytes.uint8(i) >> 3 << 11 : bytes.uint16(i));
    }
    if ((style & 31) > 2 || steps.isEmpty()) {
      throw new IOException("found a JPEG 2000 quantization that does not exist");
    }
    return new Quantization(style & 31, style >> 5, List.copyOf(steps));
  }

  /** The exponent of a subband: 0 is LL, then HL, LH, HH of each resolution. */
  int exponent(int band) throws IOException {
    if (style == 1) {
      return Math.max(0, (steps.get(0) >> 11) - Math.max(0, (band - 1) / 3));
    }
    return step(band) >> 11;
  }

  /** The size of a step, as a part of the exponent's power of two. */
  float mantissa(int band) throws IOException {
    return 1 + ((style == 1 ? steps.get(0) : step(band)) & 2047) / 2048f;
  }

  private int step(int band) throws IOException {
    if (band < steps.size()) {
      return steps.get(band);
    }
    throw new IOException("the JPEG 2000 quantization lacks a subband");
  }
}
