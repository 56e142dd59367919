package io.github.brainimaging.core.io.internal.codec.jpeg2000;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the bit planes of a code-block (T.800, annex D). Magnitudes are kept doubled, so that the
 * middle of the interval that is still open can be told.
 */
final class BlockDecoder {

  private static final int SIGNIFICANT = 1;
  private static final int VISITED = 2;
  private static final int REFINED = 4;
  private static final int NEGATIVE = 8;

  private final CodeBlock block;
  private final Band band;
  private final Coding coding;
  private final int width;
  private final int height;

  /** One more column and row on each side. */
  private final int stride;

  private final byte[] flags;
  private final int[] magnitudes;
  private final MqDecoder mq = new MqDecoder();
  private @Nullable RawBits raw;
  private int one;

  BlockDecoder(CodeBlock block, Band band, Coding coding) {
    this.block = block;
    this.band = band;
    this.coding = coding;
    this.width = block.width;
    this.height = block.height;
    this.stride = width + 2;
    this.flags = new byte[stride * (height + 2)];
    this.magnitudes = new int[stride * (height + 2)];
  }

  void decode(byte[] data) throws IOException {
    int plane = band.planes - block.zeroPlanes - 1;
    int kind = 2;
    int number = 0;
    for (CodeBlock.Segment segment : block.segments) {
      boolean bypass = coding.has(Coding.BYPASS) && number >= 10 && kind != 2;
      byte[] codeword = segment.bytes(data);
      raw = bypass ? new RawBits(codeword) : null;
      if (!bypass) {
        mq.start(codeword);
      }
      for (int i = 0; i < segment.passes; i++) {
        if (plane < 0) {
          throw new IOException("damaged JPEG 2000 data: more passes than bit planes");
        }
        one = 2 << plane;
        pass(kind);
        number++;
        if (coding.has(Coding.RESET)) {
          mq.resetContexts();
        }
        if (kind == 2) {
          plane--;
        }
        kind = (kind + 1) % 3;
      }
    }
    store();
  }

  private void store() {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = (y + 1) * stride + x + 1;
        band.set(block.x + x, block.y + y, magnitudes[at], (flags[at] & NEGATIVE) != 0);
      }
    }
  }

  private void pass(int kind) {
    for (int top = 0; top < height; top += 4) {
      int bottom = Math.min(height, top + 4);
      for (int x = 0; x < width; x++) {
        if (kind == 2) {
          cleanUp(x, top, bottom);
        } else {
          for (int y = top; y < bottom; y++) {
            // Below the last row of a stripe nothing may be looked at, if the style says so.
            boolean blind = coding.has(Coding.CAUSAL) && y == top + 3;
            int at = (y + 1) * stride + x + 1;
            if (kind == 0) {
              propagate(at, blind);
            } else {
              refine(at, blind);
            }
          }
        }
      }
    }
    if (kind == 2) {
      if (coding.has(Coding.SYMBOLS)) {
        for (int i = 0; i < 4; i++) {
          int unused = mq.decode(MqDecoder.UNIFORM);
        }
      }
      for (int i = 0; i < flags.length; i++) {
        flags[i] &= ~VISITED;
      }
    }
  }

  private void propagate(int at, boolean blind) {
    if ((flags[at] & SIGNIFICANT) != 0) {
      return;
    }
    int context = zeroContext(at, blind);
    if (context == 0) {
      return;
    }
    flags[at] |= VISITED;
    if ((raw != null ? raw.bit() : mq.decode(context)) == 1) {
      becomeSignificant(at, blind);
    }
  }

  private void refine(int at, boolean blind) {
    if ((flags[at] & (SIGNIFICANT | VISITED)) != SIGNIFICANT) {
      return;
    }
    int context = (flags[at] & REFINED) != 0 ? 16 : zeroContext(at, blind) == 0 ? 14 : 15;
    int bit = raw != null ? raw.bit() : mq.decode(context);
    magnitudes[at] += bit == 1 ? one >> 1 : -(one >> 1);
    flags[at] |= REFINED;
  }

  private void cleanUp(int x, int top, int bottom) {
    int y = top;
    if (bottom == top + 4 && isQuiet(x, top)) {
      if (mq.decode(MqDecoder.RUN) == 0) {
        return;
      }
      y += mq.decode(MqDecoder.UNIFORM) << 1 | mq.decode(MqDecoder.UNIFORM);
      becomeSignificant((y + 1) * stride + x + 1, coding.has(Coding.CAUSAL) && y == top + 3);
      y++;
    }
    for (; y < bottom; y++) {
      int at = (y + 1) * stride + x + 1;
      if ((flags[at] & (SIGNIFICANT | VISITED)) == 0) {
        boolean blind = coding.has(Coding.CAUSAL) && y == top + 3;
        if (mq.decode(zeroContext(at, blind)) == 1) {
          becomeSignificant(at, blind);
        }
      }
    }
  }

  private boolean isQuiet(int x, int top) {
    for (int y = top; y < top + 4; y++) {
      int at = (y + 1) * stride + x + 1;
      boolean blind = coding.has(Coding.CAUSAL) && y == top + 3;
      if ((flags[at] & (SIGNIFICANT | VISITED)) != 0 || zeroContext(at, blind) != 0) {
        return false;
      }
    }
    return true;
  }

  private void becomeSignificant(int at, boolean blind) {
    int horizontal = clamp(sign(at - 1) + sign(at + 1));
    int vertical = clamp(sign(at - stride) + (blind ? 0 : sign(at + stride)));
    int bit;
    if (raw != null) {
      bit = raw.bit();
    } else {
      int sum = 3 * horizontal + vertical;
      int context = sum == 0 ? 9 : Math.abs(sum) + 9;
      bit = mq.decode(context) ^ (sum < 0 ? 1 : 0);
    }
    magnitudes[at] = one | one >> 1;
    flags[at] |= SIGNIFICANT;
    if (bit == 1) {
      flags[at] |= NEGATIVE;
    }
  }

  private int sign(int at) {
    int f = flags[at];
    return (f & SIGNIFICANT) == 0 ? 0 : (f & NEGATIVE) != 0 ? -1 : 1;
  }

  private static int clamp(int value) {
    return Math.max(-1, Math.min(1, value));
  }

  /** The context of a coefficient that is zero so far (T.800, table D.1). */
  private int zeroContext(int at, boolean blind) {
    byte[] f = flags;
    int h = (f[at - 1] & 1) + (f[at + 1] & 1);
    int v = f[at - stride] & 1;
    int d = (f[at - stride - 1] & 1) + (f[at - stride + 1] & 1);
    if (!blind) {
      v += f[at + stride] & 1;
      d += (f[at + stride - 1] & 1) + (f[at + stride + 1] & 1);
    }
    if (band.orientation == Band.HH) {
      int hv = Math.min(2, h + v);
      return d >= 3 ? 8 : d == 2 ? 6 + Math.min(1, hv) : d == 1 ? 3 + hv : hv;
    }
    if (band.orientation == Band.HL) {
      int swap = h;
      h = v;
      v = swap;
    }
    if (h == 2) {
      return 8;
    }
    if (h == 1) {
      return v >= 1 ? 7 : d >= 1 ? 6 : 5;
    }
    return v > 0 ? 2 + v : Math.min(2, d);
  }
}
