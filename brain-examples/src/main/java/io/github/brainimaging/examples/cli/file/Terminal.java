package io.github.brainimaging.examples.cli.file;

import java.util.stream.Collectors;

/** Text of others, such as file names, made safe to print. */
public final class Terminal {

  private Terminal() {}

  /** Without control characters: a line break would forge a line, an escape sequence act. */
  public static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}|[\\u0080-\\u009F]", "?");
  }

  /** A count with its noun: {@code 1 volume}, {@code 2 volumes}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** The same of a table, whose line breaks stay. */
  public static String plainTable(Object table) {
    return table
        .toString()
        .lines()
        .map(Terminal::plain)
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
