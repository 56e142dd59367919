package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.work.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CSV files (RFC 4180): quotes where they are needed, nothing for an absent figure, no formulas.
 */
public final class CsvFile {

  private final List<String> lines = new ArrayList<>();

  public CsvFile(List<?> header) {
    add(header);
  }

  public void add(List<?> fields) {
    lines.add(String.join(",", fields.stream().map(CsvFile::field).toList()));
  }

  private static String field(Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      return "";
    }
    String text = value instanceof String words ? harmless(words) : value.toString();
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /**
   * A spreadsheet would run what begins like a formula; an apostrophe makes it a text. A terminal
   * that shows the file would obey escape sequences.
   */
  private static String harmless(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return (formula ? "'" : "") + text.replaceAll("[\\p{Cntrl}&&[^\t\r\n]]|[\\u0080-\\u009F]", "?");
  }

  public void write(Path file) throws IOException {
    String text = String.join("\r\n", lines) + "\r\n";
    AtomicFiles.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
