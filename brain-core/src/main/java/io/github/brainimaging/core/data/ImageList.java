package io.github.brainimaging.core.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a data set that is a list of files, separated by commas (RFC 4180, without line breaks), or
 * by semicolons or tabs where the first line has no comma.
 */
final class ImageList {

  private ImageList() {}

  static DataSet read(Path list) throws IOException {
    List<String> lines = lines(list);
    String first = lines.isEmpty() ? "" : lines.get(0);
    char separator = separator(first);
    List<String> header = fields(first, separator, list + ", line 1");
    int path = column("path", header, list);
    int label = column("label", header, list);
    int group = header.indexOf("group");
    List<List<String>> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        String place = list + ", line " + (i + 1);
        List<String> row = fields(lines.get(i), separator, place);
        require(
            row.size() >= header.size(), place, "expected the fields " + header + ", found " + row);
        require(isFile(list, row.get(path)), place, "no file " + row.get(path));
        require(!row.get(label).isBlank(), place, "the label is empty");
        rows.add(row);
      }
    }
    List<String> labels = rows.stream().map(row -> row.get(label)).distinct().sorted().toList();
    require(labels.size() >= 2, list.toString(), "expected at least two labels, found " + labels);
    List<DataSet.LabeledFile> images =
        rows.stream()
            .map(
                row ->
                    new DataSet.LabeledFile(
                        list.resolveSibling(row.get(path)),
                        labels.indexOf(row.get(label)),
                        group < 0 ? "" : row.get(group)))
            .toList();
    return new DataSet(labels, images);
  }

  private static List<String> lines(Path list) throws IOException {
    try {
      return Files.readAllLines(list);
    } catch (CharacterCodingException e) {
      throw new IOException(
          list + ": expected text in UTF-8, found bytes that are not; save the list as CSV UTF-8",
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

  private static boolean isFile(Path list, String name) {
    try {
      return Files.isRegularFile(list.resolveSibling(name));
    } catch (InvalidPathException e) {
      return false; // No file has such a name.
    }
  }

  private static int column(String name, List<String> header, Path list) throws IOException {
    int column = header.indexOf(name);
    require(
        column >= 0,
        list.toString(),
        "the first line must name a column \"" + name + "\", found " + header);
    return column;
  }

  private static void require(boolean condition, String place, String problem) throws IOException {
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
