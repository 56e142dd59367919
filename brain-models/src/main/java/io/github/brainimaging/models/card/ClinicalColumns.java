package io.github.brainimaging.models.card;

import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The columns of a table that a network takes beside an image, such as age and sex, and how a row
 * of texts becomes the values of its second input, {@value #INPUT}: {@code [batch, size]}, float32,
 * column after column.
 *
 * <p>A {@link Quantity} is one value, less the mean of the training over its deviation. A {@link
 * Category} is one value for each level, 1 for the level of the row and 0 for the others. What is
 * missing is 0 in all of these. A column that was missing in some rows of the training has one more
 * value behind them, 1 where it is missing and else 0.
 *
 * <p>Missing is a blank text, {@code NA}, {@code N/A} or {@code NaN}, in any case. The column
 * itself must be there, so that a wrong name is not taken for a missing value; others are passed
 * over.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param columns in the order of the values, each name once; none for a network that takes images
 *     only
 * @since 0.1.0
 */
public record ClinicalColumns(List<Column> columns) {

  /** The input of the graph that takes the values: {@value}. */
  public static final String INPUT = "table";

  /** Further from the mean than any likely number, and what comes of another unit. */
  private static final double FAR = 5;

  private static final Set<String> MISSING = Set.of("", "NA", "N/A", "NAN");

  /** A column of the table. */
  public sealed interface Column permits Quantity, Category {

    /**
     * Its name in the table.
     *
     * @return not blank
     */
    String name();

    /**
     * In how many rows of the training it was missing.
     *
     * @return 0 or more
     */
    int missing();
  }

  /**
   * A column of numbers.
   *
   * @param name its name in the table, not blank
   * @param mean of the rows of the training that have it
   * @param deviation their standard deviation, with n, not n - 1; positive
   * @param missing in how many rows of the training it was missing, 0 or more
   */
  public record Quantity(String name, double mean, double deviation, int missing)
      implements Column {

    /**
     * Checks the values.
     *
     * @param name see above
     * @param mean see above
     * @param deviation see above
     * @param missing see above
     * @throws IllegalArgumentException if one is out of range
     */
    public Quantity {
      require(name, missing);
      Arguments.requireFinite("mean of " + name, mean);
      Arguments.require(
          deviation > 0 && deviation < Double.POSITIVE_INFINITY,
          "deviation of %s must be positive, got %s",
          name,
          deviation);
    }
  }

  /**
   * A column of words or codes that exclude each other.
   *
   * @param name its name in the table, not blank
   * @param levels what it may hold, each once; at least two, none of which means missing
   * @param missing in how many rows of the training it was missing, 0 or more
   */
  public record Category(String name, List<String> levels, int missing) implements Column {

    /**
     * Copies the levels.
     *
     * @param name see above
     * @param levels see above
     * @param missing see above
     * @throws IllegalArgumentException if one is out of range
     */
    public Category {
      require(name, missing);
      levels = List.copyOf(levels);
      Arguments.require(
          levels.size() >= 2
              && new HashSet<>(levels).size() == levels.size()
              && levels.stream().noneMatch(ClinicalColumns::isMissing),
          "levels of %s must be at least two, each once and none of them empty, got %s",
          name,
          levels);
    }
  }

  /**
   * Copies the columns.
   *
   * @param columns see above
   * @throws IllegalArgumentException if a name stands twice
   */
  public ClinicalColumns {
    columns = List.copyOf(columns);
    List<String> names = columns.stream().map(Column::name).toList();
    Arguments.require(
        new HashSet<>(names).size() == names.size(),
        "columns must have another name each, got %s",
        names);
  }

  private static void require(String name, int missing) {
    Arguments.require(!name.isBlank(), "name must not be blank, got '%s'", name);
    Arguments.require(missing >= 0, "missing of %s must not be negative, got %s", name, missing);
  }

  /**
   * A network that takes images only.
   *
   * @return without columns
   */
  public static ClinicalColumns none() {
    return new ClinicalColumns(List.of());
  }

  /**
   * Takes means, deviations and levels of rows.
   *
   * @param rows those of the patients that are learned from, never of those held out
   * @param quantities names of the columns of numbers, the first of the result
   * @param categories names of the columns of words or codes, behind them; levels are in
   *     alphabetical order
   * @return the columns
   * @throws IllegalArgumentException if there is no such column, one of numbers holds a text, or
   *     one has the same value in all rows or none
   */
  public static ClinicalColumns fit(
      List<Map<String, String>> rows, List<String> quantities, List<String> categories) {
    List<Column> columns = new ArrayList<>();
    for (String name : quantities) {
      List<String> known = known(rows, name);
      double[] values = known.stream().mapToDouble(text -> number(name, text)).toArray();
      double mean = 0;
      for (double value : values) {
        mean += value / values.length;
      }
      double variance = 0;
      for (double value : values) {
        variance += (value - mean) * (value - mean) / values.length;
      }
      // Not the variance, which rounding leaves a little above 0 where all are equal.
      requireVaried(Arrays.stream(values).distinct().count() > 1, name, known);
      columns.add(new Quantity(name, mean, Math.sqrt(variance), rows.size() - known.size()));
    }
    for (String name : categories) {
      List<String> known = known(rows, name);
      Set<String> levels = new TreeSet<>(known);
      requireVaried(levels.size() > 1, name, known);
      columns.add(new Category(name, List.copyOf(levels), rows.size() - known.size()));
    }
    return new ClinicalColumns(columns);
  }

  private static void requireVaried(boolean varied, String name, List<String> known) {
    Arguments.require(
        varied,
        "column '%s' must have different values in the rows to learn from, got %s",
        name,
        known.isEmpty() ? "none" : "'" + known.get(0) + "' only");
  }

  private static List<String> known(List<Map<String, String>> rows, String name) {
    return rows.stream().map(row -> text(row, name)).filter(text -> !isMissing(text)).toList();
  }

  private static String text(Map<String, String> row, String name) {
    String text = row.get(name);
    if (text == null) {
      throw new IllegalArgumentException(
          "row must have the column '%s' (empty where it is not known), got the columns %s"
              .formatted(name, new TreeSet<>(row.keySet())));
    }
    return text.strip();
  }

  private static boolean isMissing(String text) {
    return MISSING.contains(text.strip().toUpperCase(Locale.ROOT));
  }

  private static double number(String name, String text) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "column '" + name + "' must hold a number, got '" + text + "'", e);
    }
    return Arguments.requireFinite("column '" + name + "'", value);
  }

  /**
   * Whether there are no columns.
   *
   * @return true for a network that takes images only
   */
  public boolean isEmpty() {
    return columns.isEmpty();
  }

  /**
   * The number of values of a row, for the network.
   *
   * @return the second axis of the input {@value #INPUT}
   */
  public int size() {
    return columns.stream().mapToInt(ClinicalColumns::size).sum();
  }

  private static int size(Column column) {
    int values = column instanceof Category category ? category.levels().size() : 1;
    return values + (column.missing() > 0 ? 1 : 0);
  }

  /**
   * The values of a row.
   *
   * @param row column to text
   * @return {@link #size()} values
   * @throws IllegalArgumentException if a column is not there, one of numbers holds a text or one
   *     of categories a level that the training did not have
   */
  public float[] encode(Map<String, String> row) {
    float[] values = new float[size()];
    int at = 0;
    for (Column column : columns) {
      String text = text(row, column.name());
      int behind = at + size(column);
      if (!isMissing(text)) {
        if (column instanceof Quantity quantity) {
          values[at] = (float) standardized(quantity, text);
        } else if (column instanceof Category category) {
          values[at + level(category, text)] = 1;
        }
      } else if (column.missing() > 0) {
        values[behind - 1] = 1;
      }
      at = behind;
    }
    return values;
  }

  private static double standardized(Quantity column, String text) {
    return (number(column.name(), text) - column.mean()) / column.deviation();
  }

  private static int level(Category column, String text) {
    int level = column.levels().indexOf(text);
    Arguments.require(
        level >= 0,
        "column '%s' must hold one of %s, got '%s'",
        column.name(),
        column.levels(),
        text);
    return level;
  }

  /**
   * What to think of an answer that rests on a row.
   *
   * @param row column to text
   * @return doubtful if a column is missing that never was in the training, or a number lies more
   *     than 5 deviations from the mean; else in the domain. Every column that is missing is named
   *     among the reasons, also where the training knew such rows
   * @throws IllegalArgumentException as {@link #encode} does
   */
  public Assessment assess(Map<String, String> row) {
    Assessment all = Assessment.inDomain();
    for (Column column : columns) {
      String text = text(row, column.name());
      if (isMissing(text)) {
        boolean known = column.missing() > 0;
        all =
            all.and(
                new Assessment(
                    known ? Assessment.Verdict.IN_DOMAIN : Assessment.Verdict.DOUBTFUL,
                    List.of(
                        known
                            ? column.name() + " is missing"
                            : column.name() + " is missing, and never was in the training")));
      } else if (column instanceof Quantity quantity) {
        double far = Math.abs(standardized(quantity, text));
        if (far > FAR) {
          all = all.and(far(column.name(), far));
        }
      } else if (column instanceof Category category) {
        int unused = level(category, text);
      }
    }
    return all;
  }

  private static Assessment far(String name, double deviations) {
    String reason =
        String.format(
            Locale.ROOT, "%s lies %.0f deviations from the mean of the training", name, deviations);
    return new Assessment(Assessment.Verdict.DOUBTFUL, List.of(reason));
  }
}
