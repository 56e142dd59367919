package io.github.brainimaging.examples.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a terminal shows after some output: lines that wrap at its width, carriage returns, and the
 * escape sequences that move up and erase. Colors are dropped; any other sequence is refused, so
 * that a bar that starts to use one does not pass unseen.
 */
final class AnsiScreen {

  private static final Pattern ESCAPE = Pattern.compile("\u001b\\[(\\d*)(?:;\\d+)*([A-Za-z])");

  private final int width;
  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private int row;
  private int column;

  private AnsiScreen(int width) {
    this.width = width;
  }

  /** The lines, without blanks at their ends. */
  static List<String> show(String output, int width) {
    AnsiScreen screen = new AnsiScreen(width);
    Matcher escape = ESCAPE.matcher(output);
    for (int i = 0; i < output.length(); i++) {
      if (output.charAt(i) != '\u001b') {
        screen.put(output.charAt(i));
      } else if (escape.find(i) && escape.start() == i) {
        screen.obey(escape.group(1), escape.group(2).charAt(0));
        i = escape.end() - 1;
      } else {
        throw new AssertionError("expected an escape sequence, found " + output.substring(i));
      }
    }
    return screen.lines.stream()
        .map(line -> line.toString().stripTrailing())
        .collect(Collectors.toList());
  }

  private void put(char c) {
    switch (c) {
      case '\r' -> column = 0;
      case '\n' -> down();
      default -> {
        if (column == width) {
          column = 0;
          down();
        }
        StringBuilder line = lines.get(row);
        while (line.length() <= column) {
          line.append(' ');
        }
        line.setCharAt(column++, c);
      }
    }
  }

  /** A line feed keeps the column; who wants the first one sends a carriage return as well. */
  private void down() {
    row++;
    if (row == lines.size()) {
      lines.add(new StringBuilder());
    }
  }

  private void obey(String number, char what) {
    switch (what) {
      case 'm' -> {}
      case 'A' -> row = Math.max(0, row - (number.isEmpty() ? 1 : Integer.parseInt(number)));
      case 'K' -> erase(number);
      case 'J' -> {
        erase(number);
        lines.subList(row + 1, lines.size()).clear();
      }
      default -> throw new AssertionError("expected colors, A, J or K, found " + what);
    }
  }

  private void erase(String number) {
    StringBuilder line = lines.get(row);
    switch (number) {
      case "", "0" -> line.setLength(Math.min(line.length(), column));
      case "2" -> line.setLength(0);
      default -> throw new AssertionError("expected to erase to the end or all, found " + number);
    }
  }
}
