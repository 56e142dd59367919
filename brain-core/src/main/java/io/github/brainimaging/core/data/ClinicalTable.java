package io.github.brainimaging.core.data;

import io.github.brainimaging.core.internal.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of patients besides their images, such as age and sex: a row of texts for each, by
 * column. What is not known is an empty text.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param rows the key of a patient to column to value; all rows have the same columns
 * @since 0.1.0
 */
public record ClinicalTable(Map<String, Map<String, String>> rows) {

  /**
   * Copies the rows.
   *
   * @param rows the key of a patient to column to value
   * @throws IllegalArgumentException if the columns of two rows differ
   */
  public ClinicalTable {
    Map<String, Map<String, String>> copy = new LinkedHashMap<>();
    Set<String> columns = rows.isEmpty() ? Set.of() : rows.values().iterator().next().keySet();
    rows.forEach(
        (key, row) -> {
          Arguments.require(
              row.keySet().equals(columns),
              "rows must all have the columns %s, got %s",
              columns,
              row.keySet());
          copy.put(key, Collections.unmodifiableMap(new LinkedHashMap<>(row)));
        });
    rows = Collections.unmodifiableMap(copy);
  }

  /**
   * Reads a table: UTF-8, separated by commas (or by semicolons or tabs where the first line has no
   * comma), fields in double quotes where they hold commas. The first line names the columns, the
   * first column is the key.
   *
   * @param file the file
   * @return its rows in their order
   * @throws IOException if it cannot be read, a line is incomplete, a column has no name, or a
   *     column or a key stands twice
   */
  public static ClinicalTable ofCsv(Path file) throws IOException {
    DelimitedText text = DelimitedText.read(file);
    List<String> header = text.header();
    boolean named = new LinkedHashSet<>(header).size() == header.size() && !header.contains("");
    DelimitedText.require(
        named,
        file.toString(),
        "the first line must name each column, with another name each, found " + header);
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    for (DelimitedText.Row line : text.rows()) {
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < header.size(); i++) {
        row.put(header.get(i), line.fields().get(i));
      }
      String key = line.fields().get(0);
      DelimitedText.require(!key.isEmpty(), line.place(), "the first field, the key, is empty");
      DelimitedText.require(
          rows.put(key, row) == null, line.place(), "the key " + key + " stands there twice");
    }
    return new ClinicalTable(rows);
  }

  /**
   * The row of a patient.
   *
   * @param key the key
   * @return column to value, empty where it is not known
   * @throws IllegalArgumentException if there is none
   */
  public Map<String, String> row(String key) {
    Map<String, String> row = rows.get(key);
    if (row == null) {
      throw new IllegalArgumentException(
          "table must have a row for '%s' (with empty fields where nothing is known), got %s rows"
              .formatted(key, rows.size()));
    }
    return row;
  }

  /**
   * The row of the patient of an image.
   *
   * @param image its group is the key; where it has none, its file's name without the ending
   * @return column to value, empty where it is not known
   * @throws IllegalArgumentException if there is none
   */
  public Map<String, String> row(DataSet.LabeledFile image) {
    return row(key(image));
  }

  private static String key(DataSet.LabeledFile image) {
    String name = image.file().getFileName().toString();
    return image.group().isEmpty() ? name.replaceFirst("(?<=.)\\.[^.]*$", "") : image.group();
  }

  /**
   * The rows of the patients of some images, each once, however many images there are of one.
   *
   * @param data the images
   * @return in the order of the images
   * @throws IllegalArgumentException if one has no row
   */
  public List<Map<String, String>> rows(DataSet data) {
    return data.images().stream().map(ClinicalTable::key).distinct().map(this::row).toList();
  }

  /**
   * The names of the columns.
   *
   * @return in their order; none if there is no row
   */
  public Set<String> columns() {
    return rows.isEmpty() ? Set.of() : rows.values().iterator().next().keySet();
  }

  /** Number of rows, and the columns; never what is in them. */
  @Override
  public String toString() {
    return "ClinicalTable[" + rows.size() + " rows, columns " + columns() + "]";
  }
}
