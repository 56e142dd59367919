package io.github.brainimaging.core.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A table in a text file: UTF-8, separated by commas (RFC 4180, without line breaks), or by
 * semicolons or tabs where the first line has no comma. The first line names the columns.
 *
 * @param file where it is from
 * @param header names of the columns
 * @param rows lines that are not blank
 */
record DelimitedText(Path file, List<String> header, List<Row> rows) {

  /**
   * A line.
   *
   * @param place how messages call it
   * @param fields at least one per column
   */
  record Row(String place, List<String> fields) {}

  static DelimitedText read(Path file) throws IOException {
    List<String> lines = lines(file);
    String first = lines.isEmpty() ? "" : lines.get(0);
    char separator = separator(first);
    List<String> header = fields(first, separator, file + ", line 1");
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        String place = file + ", line " + (i + 1);
        List<String> row = fields(lines.get(i), separator, place);
        require(
            row.size() >= header.size(), place, "expected the fields " + header + ", found " + row);
        rows.add(new Row(place, row));
      }
    }
    return new DelimitedText(file, header, rows);
  }

  /** The place of a column that must be there. */
  int column(String name) throws IOException {
    int column = header.indexOf(name);
    require(
        column >= 0,
        file.toString(),
        "the first line must name a column \"" + name + "\", found " + header);
    return column;
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new IOException(
          file + ": expected text in UTF-8, found bytes that are not; save the list as CSV UTF-8",
          e);
    }
  }

  /** Spreadsheets write semicolons where the comma is the decimal point. */
  private static char separator(String header) {
    if (header.contains(",")) {
      return ',';
    }
    return header.contains(";") ? ';' : header.contains("\t") ? '\t' : ',';
  }

  static void require(boolean condition, String place, String problem) throws IOException {
    if (!condition) {
      throw new IOException(place + ": " + problem);
    }
  }

  /** The fields of a line; a quote within quotes is written twice. */
  private static List<String> fields(String line, char separator, String place) throws IOException {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean escaped = quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
      if (escaped) {
        field.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else if (c != '\uFEFF') { // a mark at the start of files that spreadsheets write
        field.append(c);
      }
    }
    require(!quoted, place, "a quote is opened and not closed");
    fields.add(field.toString().strip());
    return fields;
  }
}
