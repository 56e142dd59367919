package io.github.brainimaging.examples.cli.score;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.evaluation.ConfidenceInterval;
import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.core.evaluation.significance.ModelComparison;
import io.github.brainimaging.examples.cli.file.JsonFile;
import io.github.brainimaging.examples.cli.run.EvaluationRun;
import java.util.List;
import java.util.Locale;

/** Several models side by side with their sizes and times, and how they compare. */
public final class ComparedModels {

  /**
   * A model that was measured.
   *
   * @param name what to call it
   * @param run what it said
   * @param parameters number of its weights
   * @param bytes size of its file
   */
  public record Entry(String name, EvaluationRun run, long parameters, long bytes) {}

  private final List<Entry> entries;
  private final ModelComparison comparison;

  public ComparedModels(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    this.comparison = ModelComparison.of(models());
  }

  /** Their names and figures. */
  public List<ModelComparison.Model> models() {
    return entries.stream()
        .map(e -> new ModelComparison.Model(e.name, e.run.evaluation()))
        .toList();
  }

  public JsonObject json() {
    JsonObject root = new JsonObject();
    JsonArray models = new JsonArray();
    for (Entry entry : entries) {
      JsonObject model = new JsonObject();
      model.addProperty("model", entry.name);
      model.addProperty("parameters", entry.parameters);
      model.addProperty("bytes", entry.bytes);
      model.addProperty("millisecondsPerImage", entry.run.millisecondsPerImage());
      model.add("figures", EvaluationFiles.json(entry.run.evaluation()));
      models.add(model);
    }
    root.add("models", models);
    root.add("tests", tests(comparison));
    root.addProperty("correction", comparison.pairs().size() > 1 ? "Holm" : "none");
    return root;
  }

  /** One object for each two models. */
  public static JsonArray tests(ModelComparison comparison) {
    JsonArray tests = new JsonArray();
    comparison.pairs().forEach(pair -> tests.add(json(pair)));
    return tests;
  }

  private static JsonObject json(ModelComparison.Pair pair) {
    JsonObject test = new JsonObject();
    test.addProperty("first", pair.first().name());
    test.addProperty("second", pair.second().name());
    ConfidenceInterval accuracy = pair.accuracy().difference(EvaluationFiles.LEVEL);
    test.addProperty("accuracyDifference", accuracy.estimate());
    test.add("accuracyDifferenceInterval", EvaluationFiles.json(accuracy));
    test.addProperty("onlyFirstRight", pair.accuracy().onlyFirst());
    test.addProperty("onlySecondRight", pair.accuracy().onlySecond());
    test.addProperty("mcNemarExactP", pair.accuracyP());
    ConfidenceInterval auc = pair.auc().difference(EvaluationFiles.LEVEL);
    JsonFile.addNumber(test, "macroAucDifference", auc.estimate());
    test.add("macroAucDifferenceInterval", EvaluationFiles.json(auc));
    test.addProperty("deLongP", pair.aucP());
    return test;
  }

  /** The table, then a paragraph per pair. */
  @Override
  public String toString() {
    int width = entries.stream().mapToInt(e -> e.name.length()).max().orElse(5);
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%-" + width + "s  %8s  %8s  %25s  %8s  %10s  %7s  %8s%n",
                "model",
                "accuracy",
                "macro F1",
                "macro AUC (95 % interval)",
                "log loss",
                "parameters",
                "MB",
                "ms/image"));
    for (Entry entry : entries) {
      ClassificationEvaluation e = entry.run.evaluation();
      ConfidenceInterval auc = e.macroAucInterval(EvaluationFiles.LEVEL);
      text.append(
          String.format(
              Locale.ROOT,
              "%-" + width + "s  %8.4f  %8.4f  %25s  %8.4f  %,10d  %7.1f  %8.2f%n",
              entry.name,
              e.accuracy(),
              e.macroF1(),
              figure(auc),
              e.probabilities().logLoss(),
              entry.parameters,
              entry.bytes / 1e6,
              entry.run.millisecondsPerImage()));
    }
    return text.append(comparison).toString();
  }

  /** An area with its interval. */
  public static String figure(ConfidenceInterval auc) {
    return Double.isNaN(auc.low())
        ? String.format(Locale.ROOT, "%.4f (unknown)", auc.estimate())
        : String.format(Locale.ROOT, "%.4f (%.4f to %.4f)", auc.estimate(), auc.low(), auc.high());
  }
}
