package io.github.brainimaging.examples.cli.file;

import java.util.stream.Collectors;

/** Text of others, such as file names, made safe to print. */
public final class Terminal {

  private Terminal() {}

  /** Without control characters: a line break would forge a line, an escape sequence act. */
  public static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}|[\\u0080-\\u009F]", "?");
  }

  /**
   * In lines of so many columns, broken between words.
   *
   * @param indent what the lines that go on begin with
   */
  public static String wrapped(String line, int columns, String indent) {
    if (columns <= indent.length()) {
      throw new IllegalArgumentException("columns must be more than the indent, got " + columns);
    }
    StringBuilder text = new StringBuilder();
    String left = line;
    while (left.length() > columns) {
      int cut = left.lastIndexOf(' ', columns);
      if (left.substring(0, Math.max(0, cut)).isBlank()) {
        cut = left.indexOf(' ', columns); // a word as long as that
      }
      if (cut < 0) {
        break;
      }
      text.append(left.substring(0, cut).stripTrailing()).append(System.lineSeparator());
      left = indent + left.substring(cut).strip();
    }
    return text.append(left).toString();
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
