package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a classifier says of an image: a probability for every label, and whether it should have
 * been asked.
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
  private final Assessment assessment;

  private Prediction(
      List<String> labels, double[] probabilities, Set<String> tumorLabels, Assessment assessment) {
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
    this.assessment = Objects.requireNonNull(assessment, "assessment");
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
    return new Prediction(labels, probabilities.clone(), tumorLabels, Assessment.inDomain());
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

  /**
   * How likely there is a tumor: the sum over the labels that mean one, at most 1.
   *
   * @return 0 to 1; 0 if no label means a tumor
   */
  public double tumorProbability() {
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      sum += tumorLabels.contains(labels.get(i)) ? probabilities[i] : 0;
    }
    return Math.min(1, sum);
  }

  /**
   * Whether the image is of the kind that the classifier was made for. The probabilities are there
   * whatever it says; of an image that is out of the domain they mean nothing.
   *
   * @return in the domain unless the classifier says otherwise
   */
  public Assessment assessment() {
    return assessment;
  }

  /**
   * The same probabilities with another assessment.
   *
   * @param other what is thought of the image
   * @return a new prediction
   */
  public Prediction withAssessment(Assessment other) {
    return new Prediction(labels, probabilities, tumorLabels, other);
  }

  /**
   * The mean of several predictions, each with a weight; its assessment is the worst of those with
   * a weight.
   *
   * @param predictions one or more, with equal labels and equal tumor labels
   * @param weights one per prediction, 0 or more, not all 0
   * @return the weighted mean of each probability
   * @throws IllegalArgumentException if there are none, the labels differ or a weight is out of
   *     range
   */
  public static Prediction mean(List<Prediction> predictions, double... weights) {
    Arguments.require(
        !predictions.isEmpty() && predictions.size() == weights.length,
        "weights must be one per prediction, got %s for %s predictions",
        weights.length,
        predictions.size());
    Prediction first = predictions.get(0);
    double[] sums = new double[first.probabilities.length];
    double total = 0;
    Assessment worst = Assessment.inDomain();
    for (int p = 0; p < weights.length; p++) {
      Prediction prediction = predictions.get(p);
      Arguments.require(
          prediction.labels.equals(first.labels)
              && prediction.tumorLabels.equals(first.tumorLabels),
          "predictions must have equal labels, got %s and %s",
          first.labels,
          prediction.labels);
      Arguments.require(weights[p] >= 0, "weights must not be negative, got %s", weights[p]);
      total += weights[p];
      worst = weights[p] > 0 ? worst.and(prediction.assessment) : worst;
      for (int i = 0; i < sums.length; i++) {
        sums[i] += weights[p] * prediction.probabilities[i];
      }
    }
    Arguments.require(
        total > 0 && total < Double.POSITIVE_INFINITY,
        "weights must sum to more than 0, got %s",
        total);
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.min(1, sums[i] / total);
    }
    return new Prediction(first.labels, sums, first.tumorLabels, worst);
  }

  /** Equal labels in equal order, tumor labels, assessment and probabilities, bit for bit. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Prediction that
        && labels.equals(that.labels)
        && tumorLabels.equals(that.tumorLabels)
        && assessment.equals(that.assessment)
        && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * labels.hashCode() + Arrays.hashCode(probabilities);
  }

  /**
   * The label and all probabilities, such as {@code glioma (glioma 0.97, notumor 0.03)}, and a
   * doubt where there is one.
   */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < probabilities.length; i++) {
      parts.add(String.format(Locale.ROOT, "%s %.4f", labels.get(i), probabilities[i]));
    }
    String doubt = assessment.reasons().isEmpty() ? "" : ", " + assessment;
    return label() + " (" + String.join(", ", parts) + ")" + doubt;
  }
}
