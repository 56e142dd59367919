package io.github.brainimaging.core.io.internal.codec.jpeg2000;

/** The adaptive run lengths of a high-throughput code-block: rare events (T.814, 7.3.3). */
final class MelDecoder {

  /** The exponents of the lengths of runs, state after state. */
  private static final int[] EXPONENTS = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5};

  private final byte[] data;
  private final int last;
  private int at;
  private int current;
  private int left;
  private int state;
  private int quiet;
  private boolean follows;

  /** Reads from a byte up to a last one, whose lower half belongs to other bits. */
  MelDecoder(byte[] data, int from, int last) {
    this.data = data;
    this.at = from;
    this.last = last;
  }

  /** Whether the next event is the rare one. */
  boolean event() {
    if (quiet == 0 && !follows) {
      int exponent = EXPONENTS[state];
      if (bit() == 1) {
        quiet = 1 << exponent;
        state = Math.min(state + 1, EXPONENTS.length - 1);
      } else {
        for (int i = 0; i < exponent; i++) {
          quiet = quiet << 1 | bit();
        }
        follows = true;
        state = Math.max(state - 1, 0);
      }
    }
    if (quiet > 0) {
      quiet--;
      return false;
    }
    follows = false;
    return true;
  }

  private int bit() {
    if (left == 0) {
      left = current == 0xFF ? 7 : 8;
      current = at > last ? 0xFF : at == last ? (data[at] & 0xFF) | 0xF : data[at] & 0xFF;
      at++;
    }
    return current >> --left & 1;
  }
}
