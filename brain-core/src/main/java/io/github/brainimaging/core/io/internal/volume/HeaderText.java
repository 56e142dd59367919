package io.github.brainimaging.core.io.internal.volume;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a header that is text, at the start of a file. */
final class HeaderText {

  private static final int LONGEST_QUOTE = 40;

  private final byte[] start;
  private int offset;

  HeaderText(byte[] start) {
    this.start = start;
  }

  /** The next line, without its end; empty behind the last. What the file breaks off is a line. */
  Optional<String> next() {
    if (offset >= start.length) {
      return Optional.empty();
    }
    int end = offset;
    while (end < start.length && start[end] != '\n') {
      end++;
    }
    int length = end - offset - (end > offset && start[end - 1] == '\r' ? 1 : 0);
    String line = new String(start, offset, length, StandardCharsets.ISO_8859_1);
    offset = Math.min(end + 1, start.length);
    return Optional.of(line);
  }

  /** Where the next line begins. */
  int offset() {
    return offset;
  }

  /** A number of a field. */
  static double number(String field, String text) throws IOException {
    String plain = text.strip();
    return switch (plain.toLowerCase(java.util.Locale.ROOT)) {
      case "nan", "-nan" -> Double.NaN;
      case "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Double.parseDouble(plain);
        } catch (NumberFormatException e) {
          throw bad(field, "a number", text);
        }
      }
    };
  }

  /** Numbers with white space between them. */
  static double[] numbers(String field, String text) throws IOException {
    String[] parts = words(text);
    double[] numbers = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = number(field, parts[i]);
    }
    return numbers;
  }

  /** A whole number from {@code least} to 2^31 - 1. */
  static int whole(String field, String text, int least) throws IOException {
    double number = number(field, text);
    if (number >= least && number <= Integer.MAX_VALUE && number == Math.rint(number)) {
      return (int) number;
    }
    throw bad(field, "a whole number from " + least + " to 2^31 - 1", text);
  }

  static String[] words(String text) {
    String plain = text.strip();
    return plain.isEmpty() ? new String[0] : plain.split("\\s+", -1);
  }

  static IOException bad(String field, String expected, Object found) {
    String text = String.valueOf(found);
    String quote = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
    return new IOException("field " + field + ": expected " + expected + ", found " + quote);
  }
}
