package io.github.brainimaging.models.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the library logs in a test. */
public final class Log {

  private Log() {}

  /**
   * Does something and catches what is logged.
   *
   * @param work what to do
   * @return the lines; empty if there are none
   */
  public static String of(Runnable work) {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }
}
