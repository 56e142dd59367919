package io.github.brainimaging.core.evaluation.classification;

import io.github.brainimaging.core.evaluation.ConfidenceInterval;
import io.github.brainimaging.core.evaluation.internal.DeLong;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * How well a classifier did on cases whose truth is known: accuracy, the measures of every class
 * and their means, the quality of the probabilities and the confusion matrix. {@link #toString()}
 * is a table for people.
 *
 * <p>Means over classes leave out the classes for which the measure is undefined (see {@link
 * OneClass}), so that a class absent from the test set neither helps nor hurts. Macro F1 is then
 * scikit-learn's {@code f1_score(average="macro")}, balanced accuracy its {@code
 * balanced_accuracy_score}. Pooled over the classes ("micro"), precision, recall and F1 all equal
 * the accuracy, since every case has one label; only the micro AUC is a figure of its own.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class ClassificationEvaluation {

  private final List<String> truth;
  private final List<String> predicted;
  private final Map<String, double[]> scores;
  private final ConfusionMatrix confusion;
  private final Map<String, OneClass> classes;
  private final ProbabilityEvaluation probabilities;

  private ClassificationEvaluation(List<String> truth, Map<String, double[]> scores) {
    List<String> labels = List.copyOf(scores.keySet());
    this.truth = List.copyOf(truth);
    this.scores = scores;
    this.predicted = List.copyOf(best(labels, scores));
    this.confusion = ConfusionMatrix.of(labels, truth, predicted);
    Map<String, OneClass> byLabel = new LinkedHashMap<>();
    scores.forEach(
        (label, ofClass) ->
            byLabel.put(label, OneClass.of(confusion, label, positives(truth, label), ofClass)));
    this.classes = Collections.unmodifiableMap(byLabel);
    this.probabilities = ProbabilityEvaluation.of(truth, scores);
  }

  /**
   * Evaluates scores against the truth. The predicted label is the one with the highest score, the
   * first of several equal ones. With predictions of a classifier:
   *
   * <pre>{@code
   * ClassificationEvaluation.of(truth, predictions.stream().map(Prediction::probabilities).toList());
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
    return new ClassificationEvaluation(truth, byLabel(labels, scores));
  }

  private static Map<String, double[]> byLabel(
      List<String> labels, List<Map<String, Double>> scores) {
    Map<String, double[]> byLabel = new LinkedHashMap<>();
    labels.forEach(label -> byLabel.put(label, new double[scores.size()]));
    for (int i = 0; i < scores.size(); i++) {
      Map<String, Double> ofCase = scores.get(i);
      Arguments.require(
          ofCase.keySet().equals(byLabel.keySet()),
          "scores must have the labels %s in every case, got %s",
          labels,
          ofCase.keySet());
      for (Map.Entry<String, Double> score : ofCase.entrySet()) {
        double value = Arguments.requireFinite("score", score.getValue());
        Objects.requireNonNull(byLabel.get(score.getKey()))[i] = value;
      }
    }
    return byLabel;
  }

  private static List<String> best(List<String> labels, Map<String, double[]> scores) {
    double[][] byClass = scores.values().toArray(double[][]::new);
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

  private static boolean[] positives(List<String> truth, String label) {
    boolean[] positive = new boolean[truth.size()];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = truth.get(i).equals(label);
    }
    return positive;
  }

  /**
   * The true label of every case.
   *
   * @return an unmodifiable list
   */
  public List<String> truth() {
    return truth;
  }

  /**
   * The predicted label of every case.
   *
   * @return an unmodifiable list
   */
  public List<String> predicted() {
    return predicted;
  }

  /**
   * For every case, whether its prediction is the truth.
   *
   * @return a new array
   */
  public boolean[] correct() {
    boolean[] correct = new boolean[truth.size()];
    for (int i = 0; i < correct.length; i++) {
      correct[i] = truth.get(i).equals(predicted.get(i));
    }
    return correct;
  }

  /**
   * For every case, whether it is of one class in truth; with {@link #scores} what {@link RocCurve}
   * and {@link PrecisionRecallCurve} ask for.
   *
   * @param label one of the labels
   * @return a new array
   * @throws IllegalArgumentException if there is no such label
   */
  public boolean[] positive(String label) {
    requireLabel(label);
    return positives(truth, label);
  }

  /**
   * The score of one class for every case.
   *
   * @param label one of the labels
   * @return a new array
   * @throws IllegalArgumentException if there is no such label
   */
  public double[] scores(String label) {
    requireLabel(label);
    return Objects.requireNonNull(scores.get(label)).clone();
  }

  private void requireLabel(String label) {
    Arguments.require(
        scores.containsKey(label), "label must be one of %s, got %s", scores.keySet(), label);
  }

  /**
   * How many answers would be wrong if only the surest were given, by the highest score.
   *
   * @return the curve with its area
   */
  public RiskCoverageCurve riskCoverage() {
    double[] highest = new double[truth.size()];
    for (int i = 0; i < highest.length; i++) {
      highest[i] = Objects.requireNonNull(scores.get(predicted.get(i)))[i];
    }
    return RiskCoverageCurve.of(correct(), highest);
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
   * The accuracy with its interval.
   *
   * @param level the confidence, such as 0.95
   * @return the interval of {@link ConfidenceInterval#jeffreys}
   * @throws IllegalArgumentException if the level is not between 0 and 1
   */
  public ConfidenceInterval accuracyInterval(double level) {
    return ConfidenceInterval.jeffreys(confusion.correct(), confusion.total(), level);
  }

  /**
   * The mean recall (sensitivity) of the classes that occur, the macro recall.
   *
   * @return between 0 and 1
   */
  public double balancedAccuracy() {
    return mean(classes.values(), OneClass::recall);
  }

  /**
   * The mean precision of the classes that occur or were predicted.
   *
   * @return between 0 and 1
   */
  public double macroPrecision() {
    return mean(classes.values(), OneClass::precision);
  }

  /**
   * The mean F1 of the classes that occur or were predicted.
   *
   * @return between 0 and 1
   */
  public double macroF1() {
    return mean(classes.values(), OneClass::f1);
  }

  /**
   * The mean one-vs-rest AUC of the classes that occur.
   *
   * @return between 0 and 1; NaN if all cases are of one class
   */
  public double macroAuc() {
    return mean(classes.values(), OneClass::auc);
  }

  /**
   * The macro AUC with its interval: DeLong's, with the correlation between the classes, see {@link
   * io.github.brainimaging.core.evaluation.significance.DeLongTest#ofMacro}.
   *
   * @param level the confidence, such as 0.95
   * @return the area and its interval, cut to 0 and 1; NaN where undefined
   * @throws IllegalArgumentException if the level is not between 0 and 1
   */
  public ConfidenceInterval macroAucInterval(double level) {
    List<DeLong> areas =
        scores.entrySet().stream()
            .map(ofClass -> DeLong.of(positives(truth, ofClass.getKey()), ofClass.getValue()))
            .toList();
    return RocCurve.areaInterval(DeLong.mean(areas), level);
  }

  /**
   * The AUC of all scores of all cases taken together, those of the true class as positives.
   *
   * @return between 0 and 1; NaN if there is one label only
   */
  public double microAuc() {
    int n = truth.size();
    boolean[] positive = new boolean[n * scores.size()];
    double[] pooled = new double[positive.length];
    int at = 0;
    for (Map.Entry<String, double[]> ofClass : scores.entrySet()) {
      System.arraycopy(positives(truth, ofClass.getKey()), 0, positive, at, n);
      System.arraycopy(ofClass.getValue(), 0, pooled, at, n);
      at += n;
    }
    return RocCurve.area(positive, pooled);
  }

  /**
   * The mean one-vs-rest average precision of the classes that occur.
   *
   * @return between 0 and 1
   */
  public double macroAveragePrecision() {
    return mean(classes.values(), OneClass::averagePrecision);
  }

  /**
   * How good the scores are as probabilities.
   *
   * @return log loss, Brier score and calibration error; NaN if the scores are no probabilities
   */
  public ProbabilityEvaluation probabilities() {
    return probabilities;
  }

  private static double mean(Collection<OneClass> classes, ToDoubleFunction<OneClass> measure) {
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
  public Map<String, OneClass> classes() {
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
    return EvaluationTable.of(this);
  }

  /**
   * How well one class is told from all others. With TP, FP, FN, TN the true and false positives
   * and negatives of "is it this class":
   *
   * <pre>
   *   precision   = TP / (TP + FP)     0 if the class was never predicted though it occurs
   *   recall      = TP / (TP + FN)     NaN if the class does not occur
   *   specificity = TN / (TN + FP)     NaN if every case is of this class
   *   F1          = 2 TP / (2 TP + FP + FN)
   *   AUC         see {@link RocCurve#area}; NaN if the class does not occur or nothing else does
   *   average precision   see {@link PrecisionRecallCurve}; NaN if the class does not occur
   * </pre>
   *
   * Precision and F1 of a class that neither occurs nor was predicted are NaN. The 0 for a class
   * that was missed altogether is scikit-learn's {@code zero_division=0}.
   *
   * <p>Immutable and safe to share between threads.
   *
   * @param label the class
   * @param precision positive predictive value, between 0 and 1, or NaN
   * @param recall sensitivity, between 0 and 1, or NaN
   * @param specificity between 0 and 1, or NaN
   * @param f1 harmonic mean of precision and recall, between 0 and 1, or NaN
   * @param auc area under the ROC curve of this class's score, between 0 and 1, or NaN
   * @param averagePrecision area under the precision-recall curve of this class's score, between 0
   *     and 1, or NaN
   * @param support number of cases of this class in truth
   */
  public record OneClass(
      String label,
      double precision,
      double recall,
      double specificity,
      double f1,
      double auc,
      double averagePrecision,
      int support) {

    static OneClass of(
        ConfusionMatrix confusion, String label, boolean[] positive, double[] scores) {
      int support = confusion.truthCount(label);
      int predicted = confusion.predictedCount(label);
      int truePositives = confusion.count(label, label);
      int negatives = confusion.total() - support;
      int falsePositives = predicted - truePositives;
      boolean missed = predicted == 0 && support > 0;
      return new OneClass(
          label,
          missed ? 0 : (double) truePositives / predicted,
          (double) truePositives / support,
          (double) (negatives - falsePositives) / negatives,
          2.0 * truePositives / (support + predicted),
          RocCurve.area(positive, scores),
          support == 0 ? Double.NaN : PrecisionRecallCurve.of(positive, scores).averagePrecision(),
          support);
    }
  }
}
