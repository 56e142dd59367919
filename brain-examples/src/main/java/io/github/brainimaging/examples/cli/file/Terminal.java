package io.github.brainimaging.examples.cli.file;

import java.io.Console;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is printed for people: safe, and in lines that a terminal can show. */
public final class Terminal {

  /** Of a terminal that is not asked how wide it is; wider ones have room for it. */
  static final int COLUMNS = 80;

  private static final String INDENT = "    ";

  /** What takes no room: picocli's help is in colors. */
  private static final Pattern COLOR = Pattern.compile("\u001b\\[[0-9;]*m");

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
   * In lines of so many columns, broken between words; colors take no room.
   *
   * @param indent what the lines that go on begin with
   */
  public static String wrapped(String line, int columns, String indent) {
    if (columns <= indent.length()) {
      throw new IllegalArgumentException("columns must be more than the indent, got " + columns);
    }
    StringBuilder text = new StringBuilder();
    String left = line;
    for (int cut = cut(left, columns); cut >= 0; cut = cut(left, columns)) {
      text.append(left.substring(0, cut).stripTrailing()).append(System.lineSeparator());
      left = indent + left.substring(cut).strip();
    }
    return text.append(left).toString();
  }

  /** The last blank that fits, or of a word as long as that the first; -1 of a line that fits. */
  private static int cut(String line, int columns) {
    Matcher color = COLOR.matcher(line);
    int blank = -1;
    int shown = 0;
    boolean words = false;
    for (int i = 0; i < line.length(); i++) {
      if (color.region(i, line.length()).lookingAt()) {
        i = color.end() - 1;
      } else {
        boolean fits = shown++ <= columns;
        if (line.charAt(i) != ' ') {
          words = true;
        } else if (words && (fits || blank < 0)) {
          blank = i;
        }
      }
    }
    return shown > columns ? blank : -1;
  }

  /** A message as the terminal shows it, if there is one. */
  public static String shown(String message) {
    if (!isThere()) {
      return message;
    }
    return message
        .lines()
        .map(line -> wrapped(line, COLUMNS, INDENT))
        .collect(Collectors.joining(System.lineSeparator()));
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
