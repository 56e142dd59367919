package io.github.brainimaging.core.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a program prints, which is caught before {@link Silence} sees it. */
public final class Printed {

  /** A main method with its arguments. */
  @FunctionalInterface
  public interface Program {
    void run() throws IOException;
  }

  private Printed() {}

  public static String by(Program program) throws IOException {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
