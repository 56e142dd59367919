package io.github.brainimaging.core.io.internal.codec.jpegls;

import io.github.brainimaging.core.io.internal.codec.Planes;
import java.io.IOException;
import java.util.Arrays;

/**
 * The lines of a scan. A line has one sample more on each side: left the sample above the first,
 * right the last one above again (T.87, A.2.1).
 */
final class Scan {

  private final JpegLsBits bits;
  private final LineCoder coder;
  private final Planes planes;
  private final int first;
  private final int count;
  private final boolean bySample;
  private final int width;

  Scan(JpegLsBits bits, LineCoder coder, Planes planes, int first, int count, boolean bySample) {
    this.bits = bits;
    this.coder = coder;
    this.planes = planes;
    this.first = first;
    this.count = count;
    this.bySample = bySample;
    this.width = planes.width();
  }

  void decode() throws IOException {
    int[][] above = new int[count][width + 2];
    int[][] line = new int[count][width + 2];
    int[] runIndex = new int[count];
    for (int y = 0; y < planes.height(); y++) {
      for (int c = 0; c < count; c++) {
        line[c][0] = above[c][1];
        above[c][width + 1] = above[c][width];
      }
      if (bySample) {
        bySample(line, above, runIndex);
      } else {
        for (int c = 0; c < count; c++) {
          line(line[c], above[c], runIndex, c);
        }
      }
      for (int c = 0; c < count; c++) {
        int at = ((first + c) * planes.height() + y) * width;
        System.arraycopy(line[c], 1, planes.samples(), at, width);
      }
      int[][] swap = above;
      above = line;
      line = swap;
    }
  }

  private void line(int[] line, int[] above, int[] runIndex, int c) throws IOException {
    int x = 1;
    while (x <= width) {
      if (!coder.isFlat(line, above, x)) {
        coder.regular(line, above, x++);
        continue;
      }
      int length = run(runIndex, c, width + 1 - x);
      Arrays.fill(line, x, x + length, line[x - 1]);
      x += length;
      if (x <= width) {
        coder.interruption(line, above, x++, runIndex[c]);
        runIndex[c] = Math.max(0, runIndex[c] - 1);
      }
    }
  }

  private void bySample(int[][] line, int[][] above, int[] runIndex) throws IOException {
    int x = 1;
    while (x <= width) {
      boolean flat = true;
      for (int c = 0; c < count && flat; c++) {
        flat = coder.isFlat(line[c], above[c], x);
      }
      int length = flat ? run(runIndex, 0, width + 1 - x) : 0;
      for (int c = 0; c < count; c++) {
        Arrays.fill(line[c], x, x + length, line[c][x - 1]);
      }
      x += length;
      for (int c = 0; c < count && x <= width; c++) {
        if (flat) {
          coder.colorInterruption(line[c], above[c], x, runIndex[0]);
        } else {
          coder.regular(line[c], above[c], x);
        }
      }
      if (flat && x <= width) {
        runIndex[0] = Math.max(0, runIndex[0] - 1);
      }
      x++;
    }
  }

  /** The length of a run (T.87, A.7.1). */
  private int run(int[] runIndex, int c, int remaining) throws IOException {
    int length = 0;
    while (length < remaining) {
      if (bits.bit() == 0) {
        int rest = bits.bits(LineCoder.runBits(runIndex[c]));
        if (rest > remaining - length - 1) {
          throw new IOException("damaged JPEG-LS data: a run is longer than its line");
        }
        return length + rest;
      }
      int step = 1 << LineCoder.runBits(runIndex[c]);
      if (step <= remaining - length) {
        length += step;
        runIndex[c] = Math.min(31, runIndex[c] + 1);
      } else {
        length = remaining;
      }
    }
    return length;
  }
}
