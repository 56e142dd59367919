package io.github.brainimaging.core.internal;

import java.io.IOException;
import java.util.Locale;

/**
 * How much memory is taken because a file says so: at most half of the heap of the JVM, so that the
 * other half is there for the work.
 */
public final class Heap {

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
}
