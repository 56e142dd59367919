package io.github.brainimaging.core.pipeline;

import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a classifier says of an image: a probability for every label.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Prediction {

  /**
   * How common data sets call images without a finding; compared in lower case, without "_", "-"
   * and spaces.
   */
  private static final Set<String> NEGATIVE =
      Set.of(
          "notumor",
          "notumour",
          "nontumor",
          "nontumour",
          "no",
          "none",
          "normal",
          "control",
          "healthy",
          "negative",
          "background");

  private final List<String> labels;
  private final double[] probabilities;
  private final Set<String> tumorLabels;
  private final int best;

  private Prediction(List<String> labels, double[] probabilities, Set<String> tumorLabels) {
    Arguments.require(
        !labels.isEmpty() && labels.size() == probabilities.length,
        "probabilities must hold one value per label, got %s values for labels %s",
        probabilities.length,
        labels);
    Arguments.require(
        new HashSet<>(labels).size() == labels.size(), "labels must differ, got %s", labels);
    Arguments.require(
        labels.containsAll(tumorLabels),
        "tumorLabels must be among the labels %s, got %s",
        labels,
        tumorLabels);
    int argMax = 0;
    for (int i = 0; i < probabilities.length; i++) {
      Arguments.require(
          probabilities[i] >= 0 && probabilities[i] <= 1,
          "probability of %s must be between 0 and 1, got %s",
          labels.get(i),
          probabilities[i]);
      if (probabilities[i] > probabilities[argMax]) {
        argMax = i;
      }
    }
    this.labels = List.copyOf(labels);
    this.probabilities = probabilities;
    this.tumorLabels = Set.copyOf(tumorLabels);
    this.best = argMax;
  }

  /**
   * A prediction whose tumor labels follow {@link #tumorLabelsAmong}.
   *
   * @param labels the classes, each once
   * @param probabilities one value between 0 and 1 per label; copied. They need not sum to 1 (a
   *     network with sigmoid outputs, as in P1's ResNet-50, gives such)
   * @return the prediction
   * @throws IllegalArgumentException if the numbers differ, a label stands twice or a value is not
   *     in [0, 1]
   */
  public static Prediction of(List<String> labels, double... probabilities) {
    return of(labels, tumorLabelsAmong(labels), probabilities);
  }

  /**
   * A prediction with the labels that mean a tumor.
   *
   * @param labels the classes, each once
   * @param tumorLabels those of them that mean that a tumor was found
   * @param probabilities one value between 0 and 1 per label; copied
   * @return the prediction
   * @throws IllegalArgumentException if the numbers differ, a label stands twice, a tumor label is
   *     no label or a value is not in [0, 1]
   */
  public static Prediction of(
      List<String> labels, Set<String> tumorLabels, double... probabilities) {
    return new Prediction(labels, probabilities.clone(), tumorLabels);
  }

  /**
   * The labels that mean a tumor, guessed from their names: all but those that say "no tumor",
   * "non-tumor", "no", "none", "normal", "control", "healthy", "negative" or "background".
   *
   * @param labels the classes
   * @return a subset of them
   */
  public static Set<String> tumorLabelsAmong(List<String> labels) {
    Set<String> tumors = new HashSet<>();
    for (String label : labels) {
      if (!NEGATIVE.contains(label.toLowerCase(Locale.ROOT).replaceAll("[ _-]", ""))) {
        tumors.add(label);
      }
    }
    return tumors;
  }

  /**
   * The label with the highest probability; the first of several equal ones.
   *
   * @return the label
   */
  public String label() {
    return labels.get(best);
  }

  /**
   * The probability of {@link #label()}.
   *
   * @return between 0 and 1
   */
  public double probability() {
    return probabilities[best];
  }

  /**
   * The probability of one label.
   *
   * @param label one of the labels
   * @return between 0 and 1
   * @throws IllegalArgumentException if there is no such label
   */
  public double probability(String label) {
    int i = labels.indexOf(label);
    Arguments.require(i >= 0, "label must be one of %s, got %s", labels, label);
    return probabilities[i];
  }

  /**
   * All labels with their probabilities, in the model's order.
   *
   * @return an unmodifiable map
   */
  public Map<String, Double> probabilities() {
    Map<String, Double> map = new LinkedHashMap<>();
    for (int i = 0; i < probabilities.length; i++) {
      map.put(labels.get(i), probabilities[i]);
    }
    return Collections.unmodifiableMap(map);
  }

  /**
   * Whether the label with the highest probability means a tumor.
   *
   * @return true for a tumor
   */
  public boolean isTumor() {
    return tumorLabels.contains(label());
  }

  /** Equal labels in equal order, tumor labels and probabilities, bit for bit. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Prediction that
        && labels.equals(that.labels)
        && tumorLabels.equals(that.tumorLabels)
        && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * labels.hashCode() + Arrays.hashCode(probabilities);
  }

  /** The label and all probabilities, such as {@code glioma (glioma 0.97, notumor 0.03)}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < probabilities.length; i++) {
      parts.add(String.format(Locale.ROOT, "%s %.4f", labels.get(i), probabilities[i]));
    }
    return label() + " (" + String.join(", ", parts) + ")";
  }
}
