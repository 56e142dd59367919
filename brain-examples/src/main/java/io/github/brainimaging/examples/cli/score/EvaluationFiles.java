package io.github.brainimaging.examples.cli.score;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.evaluation.ConfidenceInterval;
import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.core.evaluation.classification.PrecisionRecallCurve;
import io.github.brainimaging.core.evaluation.classification.ProbabilityEvaluation;
import io.github.brainimaging.core.evaluation.classification.RiskCoverageCurve;
import io.github.brainimaging.core.evaluation.classification.RocCurve;
import io.github.brainimaging.core.plot.Plot;
import io.github.brainimaging.examples.cli.file.CsvFile;
import io.github.brainimaging.examples.cli.file.JsonFile;
import io.github.brainimaging.examples.cli.option.PlotOptions;
import io.github.brainimaging.examples.cli.run.EvaluationRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes an evaluation as JSON, its predictions as CSV and its curves as plots. */
public final class EvaluationFiles {

  public static final double LEVEL = 0.95;

  private EvaluationFiles() {}

  /** Everything but the JSON file. */
  public static void write(
      EvaluationRun run,
      List<EvaluationCase> cases,
      Path folder,
      PlotOptions plots,
      PrintWriter log)
      throws IOException {
    ClassificationEvaluation evaluation = run.evaluation();
    predictions(run, cases).write(folder.resolve("predictions.csv"));
    plots.write(folder, "confusion", log, () -> Plot.confusionMatrix(evaluation.confusion()));
    Map<String, RocCurve> roc = new LinkedHashMap<>();
    Map<String, PrecisionRecallCurve> precisionRecall = new LinkedHashMap<>();
    for (ClassificationEvaluation.OneClass c : evaluation.classes().values()) {
      boolean[] positive = evaluation.positive(c.label());
      double[] scores = evaluation.scores(c.label());
      if (!Double.isNaN(c.auc())) {
        roc.put(legend(c.label(), "AUC", c.auc()), RocCurve.of(positive, scores));
      }
      if (c.support() > 0) {
        precisionRecall.put(
            legend(c.label(), "AP", c.averagePrecision()),
            PrecisionRecallCurve.of(positive, scores));
      }
    }
    plots.write(folder, "precision-recall", log, () -> Plot.precisionRecall(precisionRecall));
    ProbabilityEvaluation probabilities = evaluation.probabilities();
    if (!probabilities.bins().isEmpty()) {
      String error =
          String.format(Locale.ROOT, "calibration error %.4f", probabilities.calibrationError());
      plots.write(
          folder, "reliability", log, () -> Plot.reliability(Map.of(error, probabilities.bins())));
    }
    RiskCoverageCurve risk = evaluation.riskCoverage();
    String area = String.format(Locale.ROOT, "AURC %.4f", risk.area());
    plots.write(folder, "risk-coverage", log, () -> Plot.riskCoverage(Map.of(area, risk)));
    if (!roc.isEmpty()) {
      plots.write(folder, "roc", log, () -> Plot.roc(roc));
    }
  }

  private static String legend(String label, String measure, double value) {
    return String.format(Locale.ROOT, "%s (%s %.3f)", label, measure, value);
  }

  /** A row per image; of one that could not be read, with the reason in the place of figures. */
  private static CsvFile predictions(EvaluationRun run, List<EvaluationCase> cases) {
    List<String> header = new ArrayList<>(List.of("file", "truth", "predicted"));
    header.addAll(run.evaluation().classes().keySet());
    header.add("error");
    CsvFile csv = new CsvFile(header);
    int measured = 0;
    for (EvaluationCase each : cases) {
      List<Object> row = new ArrayList<>(List.of(each.name(), each.truth()));
      if (each.error().isEmpty()) {
        row.add(run.evaluation().predicted().get(measured));
        row.addAll(run.probabilities().get(measured).values());
        measured++;
      } else {
        row.addAll(Collections.nCopies(1 + run.evaluation().classes().size(), ""));
      }
      row.add(each.error());
      csv.add(row);
    }
    return csv;
  }

  public static JsonObject json(ClassificationEvaluation evaluation) {
    JsonObject root = new JsonObject();
    root.addProperty("accuracy", evaluation.accuracy());
    root.add("accuracyInterval", json(evaluation.accuracyInterval(LEVEL)));
    JsonFile.addNumber(root, "balancedAccuracy", evaluation.balancedAccuracy());
    JsonFile.addNumber(root, "macroPrecision", evaluation.macroPrecision());
    JsonFile.addNumber(root, "macroF1", evaluation.macroF1());
    JsonFile.addNumber(root, "macroAuc", evaluation.macroAuc());
    root.add("macroAucInterval", json(evaluation.macroAucInterval(LEVEL)));
    JsonFile.addNumber(root, "microAuc", evaluation.microAuc());
    JsonFile.addNumber(root, "averagePrecision", evaluation.macroAveragePrecision());
    JsonFile.addNumber(root, "kappa", evaluation.confusion().cohensKappa());
    JsonFile.addNumber(root, "mcc", evaluation.confusion().matthewsCorrelation());
    JsonFile.addNumber(root, "logLoss", evaluation.probabilities().logLoss());
    JsonFile.addNumber(root, "brierScore", evaluation.probabilities().brierScore());
    JsonFile.addNumber(root, "calibrationError", evaluation.probabilities().calibrationError());
    JsonFile.addNumber(
        root, "classwiseCalibrationError", evaluation.probabilities().classwiseError());
    JsonFile.addNumber(
        root, "adaptiveCalibrationError", evaluation.probabilities().adaptiveError());
    JsonFile.addNumber(root, "aurc", evaluation.riskCoverage().area());
    root.addProperty("count", evaluation.count());
    JsonArray labels = new JsonArray();
    JsonObject classes = new JsonObject();
    evaluation
        .classes()
        .forEach(
            (label, figures) -> {
              labels.add(label);
              classes.add(label, json(figures));
            });
    root.add("labels", labels);
    root.add("classes", classes);
    JsonArray confusion = new JsonArray();
    for (int[] counts : evaluation.confusion().toArray()) {
      JsonArray row = new JsonArray();
      for (int count : counts) {
        row.add(count);
      }
      confusion.add(row);
    }
    root.add("confusion", confusion);
    return root;
  }

  private static JsonObject json(ClassificationEvaluation.OneClass figures) {
    JsonObject entry = new JsonObject();
    JsonFile.addNumber(entry, "precision", figures.precision());
    JsonFile.addNumber(entry, "recall", figures.recall());
    JsonFile.addNumber(entry, "specificity", figures.specificity());
    JsonFile.addNumber(entry, "f1", figures.f1());
    JsonFile.addNumber(entry, "auc", figures.auc());
    JsonFile.addNumber(entry, "averagePrecision", figures.averagePrecision());
    entry.addProperty("support", figures.support());
    return entry;
  }

  /** {low, high}. */
  public static JsonArray json(ConfidenceInterval interval) {
    JsonArray array = new JsonArray();
    array.add(JsonFile.number(interval.low()));
    array.add(JsonFile.number(interval.high()));
    return array;
  }
}
