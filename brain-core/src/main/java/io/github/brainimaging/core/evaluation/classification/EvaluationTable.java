package io.github.brainimaging.core.evaluation.classification;

import io.github.brainimaging.core.evaluation.ConfidenceInterval;
import java.util.Locale;

/** An evaluation as text for people; "-" stands for an undefined value. */
final class EvaluationTable {

  private static final double LEVEL = 0.95;

  private EvaluationTable() {}

  static String of(ClassificationEvaluation evaluation) {
    ProbabilityEvaluation probabilities = evaluation.probabilities();
    return String.format(
            Locale.ROOT,
            "%s: accuracy %s, macro AUC %s%n",
            evaluation.count() == 1 ? "1 case" : evaluation.count() + " cases",
            figure(evaluation.accuracyInterval(LEVEL)),
            figure(evaluation.macroAucInterval(LEVEL)))
        + String.format(
            Locale.ROOT,
            "balanced accuracy %s, macro precision %s, macro F1 %s, micro AUC %s, average precision"
                + " %s%n",
            figure(evaluation.balancedAccuracy()),
            figure(evaluation.macroPrecision()),
            figure(evaluation.macroF1()),
            figure(evaluation.microAuc()),
            figure(evaluation.macroAveragePrecision()))
        + String.format(
            Locale.ROOT,
            "kappa %s, MCC %s, log loss %s, Brier score %s, calibration error %s%n",
            figure(evaluation.confusion().cohensKappa()),
            figure(evaluation.confusion().matthewsCorrelation()),
            figure(probabilities.logLoss()),
            figure(probabilities.brierScore()),
            figure(probabilities.calibrationError()))
        + String.format(
            Locale.ROOT,
            "class-wise calibration error %s, adaptive %s, area under risk-coverage curve %s%n%n",
            figure(probabilities.classwiseError()),
            figure(probabilities.adaptiveError()),
            figure(evaluation.riskCoverage().area()))
        + classes(evaluation)
        + String.format("%n")
        + evaluation.confusion();
  }

  private static String classes(ClassificationEvaluation evaluation) {
    int width = evaluation.classes().keySet().stream().mapToInt(String::length).max().orElse(0);
    String row = "%-" + Math.max(width, 5) + "s  %9s  %6s  %11s  %6s  %6s  %6s  %7s%n";
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                row,
                "class",
                "precision",
                "recall",
                "specificity",
                "F1",
                "AUC",
                "AP",
                "support"));
    for (ClassificationEvaluation.OneClass c : evaluation.classes().values()) {
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
              figure(c.averagePrecision()),
              c.support()));
    }
    return text.toString();
  }

  private static String figure(ConfidenceInterval interval) {
    return String.format(
        Locale.ROOT,
        "%s (95 %% interval %s to %s)",
        figure(interval.estimate()),
        figure(interval.low()),
        figure(interval.high()));
  }

  private static String figure(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
