package io.github.brainimaging.core.internal;

import java.io.IOException;
import java.util.Locale;

/**
 * How much memory is taken because a file says so: at most half of the heap of the JVM, so that the
 * other half is there for the work.
 */
public final class Heap {

  /** Gray copies that steps make of a slice and of one beside it, and pictures for the report. */
  private static final int WORK_BYTES_PER_PIXEL = 7 * Float.BYTES;

  private Heap() {}

  /**
   * The most.
   *
   * @return half of the largest heap, in bytes
   */
  public static long half() {
    return Runtime.getRuntime().maxMemory() / 2;
  }

  /**
   * Refuses what is too large, before memory is taken for it.
   *
   * @param found what the file says, such as {@code "512 x 512 pixels"}
   * @param count how many of it
   * @param bytesEach bytes that each takes while it is read
   * @throws IOException if all together take more than half of the heap
   */
  public static void require(Object found, long count, int bytesEach) throws IOException {
    long half = half();
    if (count > half / bytesEach) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "found %s, which take about %.0f MiB, more than half of the heap of %d MiB",
              found,
              (double) count * bytesEach / (1 << 20),
              (2 * half) >> 20));
    }
  }

  /**
   * Refuses a slice that half of the heap cannot take with what an analysis makes of it. So it is
   * refused by its size, before it is read, and not by chance, when memory happens to run out.
   *
   * @param found what the file says, such as {@code "512 x 512 pixels"}
   * @param pixels how many pixels
   * @param channels of each pixel
   * @throws IOException if it is too large: 4 bytes for each sample and 28 for each pixel
   */
  public static void requireForAnalysis(Object found, long pixels, int channels)
      throws IOException {
    require(found, pixels, channels * Float.BYTES + WORK_BYTES_PER_PIXEL);
  }
}
