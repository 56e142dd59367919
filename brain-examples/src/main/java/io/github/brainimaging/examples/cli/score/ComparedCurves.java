package io.github.brainimaging.examples.cli.score;

import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.core.evaluation.classification.RocCurve;
import io.github.brainimaging.core.evaluation.significance.ModelComparison;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.plot.Plot;
import io.github.brainimaging.examples.cli.option.PlotOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Several models in one picture: a bar chart, and for each class all ROC curves. */
public final class ComparedCurves {

  private ComparedCurves() {}

  /** Writes models.png, and roc-CLASS.png; of two classes one, since the other says the same. */
  public static void write(
      List<ModelComparison.Model> models, Path folder, PlotOptions plots, PrintWriter log)
      throws IOException {
    Map<String, Map<String, Double>> bars = new LinkedHashMap<>();
    for (ModelComparison.Model model : models) {
      ClassificationEvaluation evaluation = model.evaluation();
      bar(bars, "accuracy", model.name(), evaluation.accuracy());
      bar(bars, "macro F1", model.name(), evaluation.macroF1());
      bar(bars, "macro AUC", model.name(), evaluation.macroAuc());
    }
    plots.write(folder, "models", log, () -> Plot.bars("Models", "", bars));
    for (String label : labels(models.get(0).evaluation())) {
      Map<String, RocCurve> curves = new LinkedHashMap<>();
      for (ModelComparison.Model model : models) {
        ClassificationEvaluation evaluation = model.evaluation();
        double auc = Objects.requireNonNull(evaluation.classes().get(label)).auc();
        if (!Double.isNaN(auc)) {
          curves.put(
              String.format(Locale.ROOT, "%s (AUC %.3f)", model.name(), auc),
              RocCurve.of(evaluation.positive(label), evaluation.scores(label)));
        }
      }
      if (!curves.isEmpty()) {
        plots.write(
            folder, "roc-" + label.replaceAll("[^\\w.-]", "_"), log, () -> Plot.roc(curves));
      }
    }
  }

  private static void bar(
      Map<String, Map<String, Double>> bars, String measure, String model, double value) {
    Map<String, Double> ofMeasure = bars.computeIfAbsent(measure, name -> new LinkedHashMap<>());
    ofMeasure.put(model, Double.isNaN(value) ? 0 : value);
  }

  private static List<String> labels(ClassificationEvaluation evaluation) {
    List<String> labels = new ArrayList<>(evaluation.classes().keySet());
    if (labels.size() == 2) {
      List<String> tumors =
          labels.stream().filter(Prediction.tumorLabelsAmong(labels)::contains).toList();
      return List.of(tumors.size() == 1 ? tumors.get(0) : labels.get(1));
    }
    return labels;
  }
}
