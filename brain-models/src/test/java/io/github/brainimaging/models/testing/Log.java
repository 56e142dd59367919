package io.github.brainimaging.models.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** What the library logs in a test. */
public final class Log {

  private Log() {}

  /**
   * Does something and catches what is logged.
   *
   * @param work what to do; gives something
   * @return the lines; empty if there are none
   */
  public static String of(Callable<?> work) {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      assertThat(work.call()).isNotNull();
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }
}
