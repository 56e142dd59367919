package io.github.brainimaging.core.io.internal.codec.jpeg;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One scan of a sequential DCT frame (T.81, annex F.2). */
final class DctScan {

  private final EntropyReader bits;
  private final List<Component> components;
  private final int restartInterval;
  private final InverseDct dct;
  private final Map<Integer, int[]> quantization;
  private final int[] block = new int[64];
  private int untilRestart;

  DctScan(
      EntropyReader bits,
      List<Component> components,
      int restartInterval,
      InverseDct dct,
      Map<Integer, int[]> quantization) {
    this.bits = bits;
    this.components = components;
    this.restartInterval = restartInterval;
    this.dct = dct;
    this.quantization = quantization;
    this.untilRestart = restartInterval;
  }

  /** Decodes the scan of a frame of so many MCUs. */
  void decode(int columns, int rows) throws IOException {
    if (components.size() == 1) {
      Component c = components.get(0);
      for (int y = 0; y < JpegCodec.ceil(c.height, 8); y++) {
        for (int x = 0; x < JpegCodec.ceil(c.width, 8); x++) {
          restartIfDue();
          block(c, x, y);
        }
      }
      return;
    }
    for (int my = 0; my < rows; my++) {
      for (int mx = 0; mx < columns; mx++) {
        restartIfDue();
        for (Component c : components) {
          for (int i = 0; i < c.horizontal * c.vertical; i++) {
            block(c, mx * c.horizontal + i % c.horizontal, my * c.vertical + i / c.horizontal);
          }
        }
      }
    }
  }

  private void restartIfDue() throws IOException {
    if (restartInterval > 0 && untilRestart-- == 0) {
      bits.restart();
      components.forEach(c -> c.prediction = 0);
      untilRestart = restartInterval - 1;
    }
  }

  private void block(Component c, int x, int y) throws IOException {
    int[] table = quantization.get(c.quantization);
    HuffmanTable dc = c.dc;
    HuffmanTable ac = c.ac;
    if (table == null || dc == null || ac == null) {
      throw new IOException("a JPEG table is missing");
    }
    Arrays.fill(block, 0);
    c.prediction += bits.signed(Math.min(16, dc.decode(bits)));
    block[0] = c.prediction * table[0];
    int[] zigzag = JpegCodec.zigzag();
    for (int k = 1; k < 64; k++) {
      int symbol = ac.decode(bits);
      int size = symbol & 15;
      k += symbol >> 4;
      if (size == 0) {
        if (symbol != 0xF0) {
          break;
        }
        continue;
      }
      if (k > 63) {
        throw new IOException("damaged JPEG data: more than 64 coefficients in a block");
      }
      block[zigzag[k]] = bits.signed(size) * table[zigzag[k]];
    }
    dct.apply(block, c.samples, 8 * y * c.stride + 8 * x, c.stride);
  }
}
