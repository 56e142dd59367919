package io.github.brainimaging.core.io.internal.codec.jpeg;

import java.io.IOException;
import java.util.List;

/** One scan of a lossless frame (T.81, annex H.2). */
final class LosslessScan {

  private final EntropyReader bits;
  private final List<Component> components;
  private final int restartInterval;
  private final int precision;
  private final int predictor;
  private final int shift;

  LosslessScan(
      EntropyReader bits,
      List<Component> components,
      int restartInterval,
      int precision,
      int predictor,
      int shift)
      throws IOException {
    this.bits = bits;
    this.components = components;
    this.restartInterval = restartInterval;
    this.precision = precision;
    this.predictor = predictor;
    this.shift = shift;
    if (predictor < 1 || predictor > 7) {
      throw new IOException("expected a lossless JPEG predictor of 1 to 7, found " + predictor);
    }
    if (shift >= precision) {
      throw new IOException("found a point transform of all bits");
    }
    for (Component c : components) {
      boolean sampled = c.stride != components.get(0).stride;
      if (sampled || (components.size() > 1 && c.horizontal * c.vertical > 1)) {
        throw new IOException("subsampled lossless JPEG is not supported");
      }
      if (c.dc == null) {
        throw new IOException("a JPEG table is missing");
      }
    }
  }

  void decode() throws IOException {
    int width = components.get(0).width;
    int height = components.get(0).height;
    if (restartInterval % width != 0) {
      throw new IOException("found a restart interval that is no whole number of rows");
    }
    int rows = restartInterval / width;
    for (int y = 0; y < height; y++) {
      boolean restart = rows > 0 && y > 0 && y % rows == 0;
      if (restart) {
        bits.restart();
      }
      for (int x = 0; x < width; x++) {
        for (Component c : components) {
          sample(c, x, y, y == 0 || restart);
        }
      }
    }
    for (Component c : components) {
      for (int i = 0; i < c.samples.length; i++) {
        c.samples[i] <<= shift;
      }
    }
  }

  private void sample(Component c, int x, int y, boolean first) throws IOException {
    HuffmanTable table = c.dc;
    if (table == null) {
      throw new IOException("a JPEG table is missing");
    }
    int at = y * c.stride + x;
    int prediction;
    if (first) {
      prediction = x == 0 ? 1 << (precision - shift - 1) : c.samples[at - 1];
    } else if (x == 0) {
      prediction = c.samples[at - c.stride];
    } else {
      prediction =
          predict(c.samples[at - 1], c.samples[at - c.stride], c.samples[at - c.stride - 1]);
    }
    int size = table.decode(bits);
    // 16 stands for a difference of 32768 and has no bits behind it (H.1.2.2).
    int difference = size < 16 ? bits.signed(size) : 32768;
    c.samples[at] = (prediction + difference) & 0xFFFF;
  }

  private int predict(int a, int b, int c) {
    return switch (predictor) {
      case 1 -> a;
      case 2 -> b;
      case 3 -> c;
      case 4 -> a + b - c;
      case 5 -> a + ((b - c) >> 1);
      case 6 -> b + ((a - c) >> 1);
      default -> (a + b) >> 1;
    };
  }
}
