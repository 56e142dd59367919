package io.github.brainimaging.core.io.internal.raster;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Undoes the differences that make a row of samples pack well. */
final class TiffPredictor {

  private TiffPredictor() {}

  /**
   * Undoes horizontal differencing (2, TIFF 6.0 section 14) or that of floating point (3, Adobe's
   * TIFF technical note 3).
   *
   * @param row a row, in the byte order of the file; changed
   * @param size channels and bits of its samples
   */
  static void undo(int predictor, ByteBuffer row, RasterSize size) {
    if (predictor == 2) {
      sum(row, size.channels(), size.bits() / 8);
    } else {
      sum(row, size.channels(), 1);
      gather(row, size.bits() / 8);
    }
  }

  /** Adds to each number the one of the same channel before it. */
  private static void sum(ByteBuffer row, int channels, int bytes) {
    int step = channels * bytes;
    for (int at = step; at < row.limit(); at += bytes) {
      switch (bytes) {
        case 1 -> row.put(at, (byte) (row.get(at) + row.get(at - step)));
        case 2 -> row.putShort(at, (short) (row.getShort(at) + row.getShort(at - step)));
        case 4 -> row.putInt(at, row.getInt(at) + row.getInt(at - step));
        default -> row.putLong(at, row.getLong(at) + row.getLong(at - step));
      }
    }
  }

  /** The highest bytes of all samples come first, then the next, whatever the order of the file. */
  private static void gather(ByteBuffer row, int bytes) {
    byte[] planes = new byte[row.limit()];
    row.get(0, planes);
    int samples = planes.length / bytes;
    boolean big = row.order() == ByteOrder.BIG_ENDIAN;
    for (int i = 0; i < samples; i++) {
      for (int b = 0; b < bytes; b++) {
        row.put(i * bytes + (big ? b : bytes - 1 - b), planes[b * samples + i]);
      }
    }
  }
}
