package io.github.brainimaging.examples.cli.file;

import java.io.Console;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.stream.Collectors;

/** What is printed for people: safe, and in lines that a terminal can show. */
public final class Terminal {

  /** Of a terminal that is not asked how wide it is; wider ones have room for it. */
  static final int COLUMNS = 80;

  private static final String INDENT = "    ";

  private Terminal() {}

  /** Whether somebody looks; {@code -Dbrain.terminal=true} says so where Java cannot tell. */
  @SuppressWarnings("SystemConsoleNull")
  public static boolean isThere() {
    Console console = System.console();
    return Boolean.getBoolean("brain.terminal") || (console != null && isTerminal(console));
  }

  /** From Java 22 on there may be a console without a terminal; before, one means the other. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the console cannot be asked", e);
    }
  }

  /** Breaks long lines between words; they go on below, a little to the right. */
  public static PrintWriter wrapping(PrintWriter out) {
    return new PrintWriter(
        new Writer() {
          private final StringBuilder line = new StringBuilder();

          @Override
          public void write(char[] text, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
              if (text[i] == '\n') {
                out.println(wrapped(line.toString().stripTrailing(), COLUMNS, INDENT));
                line.setLength(0);
              } else {
                line.append(text[i]);
              }
            }
          }

          @Override
          public void flush() {
            out.print(line);
            line.setLength(0);
            out.flush();
          }

          @Override
          public void close() {
            flush();
          }
        });
  }

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
