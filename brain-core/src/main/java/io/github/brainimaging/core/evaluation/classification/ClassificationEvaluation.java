package io.github.brainimaging.core.evaluation.classification;

import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How well a classifier did on cases whose truth is known: accuracy, the measures of every class
 * and their means, and the confusion matrix. {@link #toString()} is a table for people.
 *
 * <p>Means over classes leave out the classes for which the measure is undefined (see {@link
 * ClassEvaluation}), so that a class absent from the test set neither helps nor hurts. Macro F1 is
 * then scikit-learn's {@code f1_score(average="macro")}, balanced accuracy its {@code
 * balanced_accuracy_score}.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class ClassificationEvaluation {

  private final ConfusionMatrix confusion;
  private final Map<String, ClassEvaluation> classes;

  private ClassificationEvaluation(
      ConfusionMatrix confusion, Map<String, ClassEvaluation> classes) {
    this.confusion = confusion;
    this.classes = Collections.unmodifiableMap(classes);
  }

  /**
   * Evaluates scores against the truth. The predicted label is the one with the highest score, the
   * first of several equal ones. With predictions of a classifier:
   *
   * <pre>{@code
   * ClassificationEvaluation.of(truth, predictions.stream().map(Prediction::probabilities).toList())
   * }</pre>
   *
   * @param truth the true label of every case, at least one case
   * @param scores for every case, label -> score. All hold the same labels; the order of the first
   *     one is the order of the classes. Scores are finite and need not be probabilities
   * @return the evaluation
   * @throws IllegalArgumentException if there is no case, the lengths differ, the labels differ
   *     between cases, a true label has no score or a score is not finite
   */
  public static ClassificationEvaluation of(List<String> truth, List<Map<String, Double>> scores) {
    Arguments.require(!truth.isEmpty(), "truth must hold at least one case, got none");
    Arguments.require(
        truth.size() == scores.size(),
        "scores must hold one map per case = %d, got %d",
        truth.size(),
        scores.size());
    List<String> labels = List.copyOf(scores.get(0).keySet());
    Arguments.require(!labels.isEmpty(), "scores must have at least one label, got none");
    double[][] byClass = byClass(labels, scores);
    ConfusionMatrix confusion = ConfusionMatrix.of(labels, truth, best(labels, byClass));
    Map<String, ClassEvaluation> classes = new LinkedHashMap<>();
    for (int c = 0; c < byClass.length; c++) {
      String label = labels.get(c);
      double auc = auc(label, truth, byClass[c]);
      classes.put(label, ClassEvaluation.of(confusion, label, auc));
    }
    return new ClassificationEvaluation(confusion, classes);
  }

  private static double[][] byClass(List<String> labels, List<Map<String, Double>> scores) {
    double[][] byClass = new double[labels.size()][scores.size()];
    for (int i = 0; i < scores.size(); i++) {
      Map<String, Double> ofCase = scores.get(i);
      Arguments.require(
          ofCase.keySet().equals(scores.get(0).keySet()),
          "scores must have the labels %s in every case, got %s",
          labels,
          ofCase.keySet());
      for (int c = 0; c < byClass.length; c++) {
        byClass[c][i] =
            Arguments.requireFinite("score", ofCase.getOrDefault(labels.get(c), Double.NaN));
      }
    }
    return byClass;
  }

  private static List<String> best(List<String> labels, double[][] byClass) {
    List<String> best = new ArrayList<>();
    for (int i = 0; i < byClass[0].length; i++) {
      int argMax = 0;
      for (int c = 1; c < byClass.length; c++) {
        argMax = byClass[c][i] > byClass[argMax][i] ? c : argMax;
      }
      best.add(labels.get(argMax));
    }
    return best;
  }

  private static double auc(String label, List<String> truth, double[] scores) {
    boolean[] positive = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      positive[i] = truth.get(i).equals(label);
    }
    return AreaUnderRocCurve.of(positive, scores);
  }

  /**
   * Number of cases.
   *
   * @return at least 1
   */
  public int count() {
    return confusion.total();
  }

  /**
   * The share of cases whose prediction is the truth.
   *
   * @return between 0 and 1
   */
  public double accuracy() {
    return (double) confusion.correct() / confusion.total();
  }

  /**
   * The mean recall of the classes that occur.
   *
   * @return between 0 and 1
   */
  public double balancedAccuracy() {
    return mean(classes.values(), ClassEvaluation::recall);
  }

  /**
   * The mean F1 of the classes that occur or were predicted.
   *
   * @return between 0 and 1
   */
  public double macroF1() {
    return mean(classes.values(), ClassEvaluation::f1);
  }

  /**
   * The mean one-vs-rest AUC of the classes that occur.
   *
   * @return between 0 and 1; NaN if all cases are of one class
   */
  public double macroAuc() {
    return mean(classes.values(), ClassEvaluation::auc);
  }

  private static double mean(
      Collection<ClassEvaluation> classes, ToDoubleFunction<ClassEvaluation> measure) {
    return classes.stream()
        .mapToDouble(measure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * The measures of every class, in the classifier's order.
   *
   * @return an unmodifiable map: label -> measures
   */
  public Map<String, ClassEvaluation> classes() {
    return classes;
  }

  /**
   * The counts behind the figures.
   *
   * @return rows truth, columns prediction
   */
  public ConfusionMatrix confusion() {
    return confusion;
  }

  /** Tables of the measures and of the confusion matrix; "-" stands for an undefined value. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d cases: accuracy %s, balanced accuracy %s, macro F1 %s, macro AUC %s%n%n",
            count(),
            figure(accuracy()),
            figure(balancedAccuracy()),
            figure(macroF1()),
            figure(macroAuc())));
    int width = classes.keySet().stream().mapToInt(String::length).max().orElse(0);
    String row = "%-" + Math.max(width, 5) + "s  %9s  %6s  %11s  %6s  %6s  %7s%n";
    text.append(
        String.format(
            Locale.ROOT,
            row,
            "class",
            "precision",
            "recall",
            "specificity",
            "F1",
            "AUC",
            "support"));
    for (ClassEvaluation c : classes.values()) {
      text.append(
          String.format(
              Locale.ROOT,
              row,
              c.label(),
              figure(c.precision()),
              figure(c.recall()),
              figure(c.specificity()),
              figure(c.f1()),
              figure(c.auc()),
              c.support()));
    }
    return text.append(String.format("%n")).append(confusion).toString();
  }

  private static String figure(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
