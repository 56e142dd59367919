package io.github.brainimaging.core.io.internal.codec.jpeg2000;

import java.util.Arrays;

/** The MQ arithmetic decoder (T.800, annex C), with the 19 contexts of the block coder. */
final class MqDecoder {

  static final int RUN = 17;
  static final int UNIFORM = 18;

  private static final int[] QE = {
    0x5601, 0x3401, 0x1801, 0x0AC1, 0x0521, 0x0221, 0x5601, 0x5401, 0x4801, 0x3801, 0x3001, 0x2401,
    0x1C01, 0x1601, 0x5601, 0x5401, 0x5101, 0x4801, 0x3801, 0x3401, 0x3001, 0x2801, 0x2401, 0x2201,
    0x1C01, 0x1801, 0x1601, 0x1401, 0x1201, 0x1101, 0x0AC1, 0x09C1, 0x08A1, 0x0521, 0x0441, 0x02A1,
    0x0221, 0x0141, 0x0111, 0x0085, 0x0049, 0x0025, 0x0015, 0x0009, 0x0005, 0x0001, 0x5601
  };
  private static final int[] NEXT_MPS = {
    1, 2, 3, 4, 5, 38, 7, 8, 9, 10, 11, 12, 13, 29, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
    27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 45, 46
  };
  private static final int[] NEXT_LPS = {
    1, 6, 9, 12, 29, 33, 6, 14, 14, 14, 17, 18, 20, 21, 14, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22,
    23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 46
  };

  private final int[] states = new int[19];
  private final int[] mps = new int[19];
  private byte[] data = new byte[0];
  private int position;
  private int interval;
  private int code;
  private int shifts;

  MqDecoder() {
    resetContexts();
  }

  void resetContexts() {
    Arrays.fill(states, 0);
    Arrays.fill(mps, 0);
    states[0] = 4;
    states[RUN] = 3;
    states[UNIFORM] = 46;
  }

  /** Begins a codeword. */
  void start(byte[] codeword) {
    data = codeword;
    position = 0;
    code = at(0) << 16;
    byteIn();
    code <<= 7;
    shifts -= 7;
    interval = 0x8000;
  }

  private int at(int i) {
    return i < data.length ? data[i] & 0xFF : 0xFF;
  }

  private void byteIn() {
    if (at(position) == 0xFF) {
      if (at(position + 1) > 0x8F) {
        code += 0xFF00;
        shifts = 8;
      } else {
        position++;
        code += at(position) << 9;
        shifts = 7;
      }
    } else {
      position++;
      code += at(position) << 8;
      shifts = 8;
    }
  }

  int decode(int context) {
    int state = states[context];
    int qe = QE[state];
    interval -= qe;
    int bit = mps[context];
    if (code >>> 16 < qe) {
      if (interval < qe) {
        states[context] = NEXT_MPS[state];
      } else {
        bit = 1 - bit;
        lps(context, state);
      }
      interval = qe;
    } else {
      code -= qe << 16;
      if ((interval & 0x8000) != 0) {
        return bit;
      }
      if (interval < qe) {
        bit = 1 - bit;
        lps(context, state);
      } else {
        states[context] = NEXT_MPS[state];
      }
    }
    do {
      if (shifts == 0) {
        byteIn();
      }
      interval <<= 1;
      code <<= 1;
      shifts--;
    } while ((interval & 0x8000) == 0);
    return bit;
  }

  private void lps(int context, int state) {
    if (state == 0 || state == 6 || state == 14) {
      mps[context] = 1 - mps[context];
    }
    states[context] = NEXT_LPS[state];
  }
}
