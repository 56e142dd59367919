package io.github.brainimaging.core.evaluation.classification;

import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * How often each class was taken for each: rows are the truth, columns the prediction, both in the
 * order of the labels.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class ConfusionMatrix {

  private final List<String> labels;
  private final int[][] counts;

  private ConfusionMatrix(List<String> labels, int[][] counts) {
    this.labels = labels;
    this.counts = counts;
  }

  /**
   * Counts the pairs of truth and prediction.
   *
   * @param labels the classes, each once, at least one
   * @param truth the true label of every case
   * @param predicted the predicted label of every case, in the same order
   * @return the matrix
   * @throws IllegalArgumentException if there is no label, a label stands twice, the lengths differ
   *     or a case has a label that is not among the labels
   */
  public static ConfusionMatrix of(
      List<String> labels, List<String> truth, List<String> predicted) {
    Arguments.require(
        !labels.isEmpty() && new HashSet<>(labels).size() == labels.size(),
        "labels must differ and be at least one, got %s",
        labels);
    Arguments.require(
        truth.size() == predicted.size(),
        "predicted must hold one label per case = %d, got %d",
        truth.size(),
        predicted.size());
    int[][] counts = new int[labels.size()][labels.size()];
    for (int i = 0; i < truth.size(); i++) {
      counts[index(labels, truth.get(i))][index(labels, predicted.get(i))]++;
    }
    return new ConfusionMatrix(List.copyOf(labels), counts);
  }

  private static int index(List<String> labels, String label) {
    int index = labels.indexOf(label);
    Arguments.require(index >= 0, "label must be one of %s, got %s", labels, label);
    return index;
  }

  /**
   * The classes.
   *
   * @return in the order of rows and columns
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * How many cases of one class were given a label.
   *
   * @param truth the true label
   * @param predicted the predicted label
   * @return 0 or more
   * @throws IllegalArgumentException if there is no such label
   */
  public int count(String truth, String predicted) {
    return counts[index(labels, truth)][index(labels, predicted)];
  }

  /**
   * How many cases there are of one class.
   *
   * @param label the true label
   * @return the sum of its row
   * @throws IllegalArgumentException if there is no such label
   */
  public int truthCount(String label) {
    return Arrays.stream(counts[index(labels, label)]).sum();
  }

  /**
   * How many cases were given a label.
   *
   * @param label the predicted label
   * @return the sum of its column
   * @throws IllegalArgumentException if there is no such label
   */
  public int predictedCount(String label) {
    int column = index(labels, label);
    return Arrays.stream(counts).mapToInt(row -> row[column]).sum();
  }

  /**
   * Number of cases.
   *
   * @return the sum of all counts
   */
  public int total() {
    return Arrays.stream(counts).flatMapToInt(Arrays::stream).sum();
  }

  /**
   * Number of cases whose prediction is the truth.
   *
   * @return the sum of the diagonal
   */
  public int correct() {
    return labels.stream().mapToInt(label -> count(label, label)).sum();
  }

  /**
   * Cohen's kappa, the agreement beyond chance: {@code (a - e) / (1 - e)} with the share a of the
   * cases that are right and the share e that would be right by chance (Educational and
   * Psychological Measurement 20, 1960, 37).
   *
   * @return at most 1, 0 for chance; NaN if there is no case, or truth and prediction are of one
   *     and the same class throughout
   */
  public double cohensKappa() {
    double n = total();
    double chance = chanceAgreements() / (n * n);
    return (correct() / n - chance) / (1 - chance);
  }

  /**
   * Matthews' correlation coefficient of truth and prediction, for any number of classes (Gorodkin,
   * Computational Biology and Chemistry 28, 2004, 367).
   *
   * @return between -1 and 1, 0 for chance; NaN if truth or prediction is of one class throughout
   *     (scikit-learn then gives 0)
   */
  public double matthewsCorrelation() {
    double n = total();
    double truthSquares = labels.stream().mapToDouble(l -> square(truthCount(l))).sum();
    double predictedSquares = labels.stream().mapToDouble(l -> square(predictedCount(l))).sum();
    return (correct() * n - chanceAgreements())
        / Math.sqrt((n * n - truthSquares) * (n * n - predictedSquares));
  }

  /** Number of cases squared times the share that would be right by chance. */
  private double chanceAgreements() {
    return labels.stream().mapToDouble(l -> (double) truthCount(l) * predictedCount(l)).sum();
  }

  private static double square(double v) {
    return v * v;
  }

  /**
   * All counts.
   *
   * @return a new array, {@code [truth][predicted]}
   */
  public int[][] toArray() {
    return Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
  }

  /** Equal labels in equal order, and counts. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix that
        && labels.equals(that.labels)
        && Arrays.deepEquals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * labels.hashCode() + Arrays.deepHashCode(counts);
  }

  /** The matrix as a table of text. */
  @Override
  public String toString() {
    String corner = "truth \\ predicted";
    int first = corner.length();
    int other = Integer.toString(total()).length();
    for (String label : labels) {
      first = Math.max(first, label.length());
      other = Math.max(other, label.length());
    }
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%-" + first + "s", corner));
    for (String label : labels) {
      text.append(String.format(Locale.ROOT, "  %" + other + "s", label));
    }
    for (int row = 0; row < counts.length; row++) {
      text.append(String.format(Locale.ROOT, "%n%-" + first + "s", labels.get(row)));
      for (int n : counts[row]) {
        text.append(String.format(Locale.ROOT, "  %" + other + "d", n));
      }
    }
    return text.toString();
  }
}
