package io.github.brainimaging.examples.cli.score;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.evaluation.ConfidenceInterval;
import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.core.evaluation.significance.DeLongTest;
import io.github.brainimaging.core.evaluation.significance.HolmCorrection;
import io.github.brainimaging.core.evaluation.significance.McNemarTest;
import io.github.brainimaging.examples.cli.file.JsonFile;
import io.github.brainimaging.examples.cli.run.EvaluationRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Several models side by side, and whether the differences are more than chance. */
public final class ModelComparison {

  /** A model that was measured. */
  public record Entry(String name, EvaluationRun run, ModelFacts facts) {}

  private record Pair(
      Entry first,
      Entry second,
      McNemarTest accuracy,
      DeLongTest auc,
      double accuracyP,
      double aucP) {}

  private final List<Entry> entries;
  private final List<Pair> pairs;

  public ModelComparison(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    this.pairs = pairs(entries);
  }

  private static List<Pair> pairs(List<Entry> entries) {
    List<Pair> raw = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      for (int k = i + 1; k < entries.size(); k++) {
        ClassificationEvaluation a = entries.get(i).run.evaluation();
        ClassificationEvaluation b = entries.get(k).run.evaluation();
        McNemarTest accuracy = McNemarTest.of(a.correct(), b.correct());
        DeLongTest auc = DeLongTest.ofMacro(a, b);
        // Undefined if only one class occurs: then nothing was shown.
        double aucP = Double.isNaN(auc.pValue()) ? 1 : auc.pValue();
        raw.add(
            new Pair(entries.get(i), entries.get(k), accuracy, auc, accuracy.exactPValue(), aucP));
      }
    }
    double[] accuracyP = HolmCorrection.adjust(raw.stream().mapToDouble(Pair::accuracyP).toArray());
    double[] aucP = HolmCorrection.adjust(raw.stream().mapToDouble(Pair::aucP).toArray());
    List<Pair> corrected = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      Pair p = raw.get(i);
      corrected.add(new Pair(p.first, p.second, p.accuracy, p.auc, accuracyP[i], aucP[i]));
    }
    return corrected;
  }

  public JsonObject json() {
    JsonObject root = new JsonObject();
    JsonArray models = new JsonArray();
    for (Entry entry : entries) {
      JsonObject model = new JsonObject();
      model.addProperty("model", entry.name);
      model.addProperty("parameters", entry.facts.parameters());
      model.addProperty("bytes", entry.facts.bytes());
      model.addProperty("millisecondsPerImage", entry.run.millisecondsPerImage());
      model.add("figures", EvaluationFiles.json(entry.run.evaluation()));
      models.add(model);
    }
    root.add("models", models);
    JsonArray tests = new JsonArray();
    for (Pair pair : pairs) {
      JsonObject test = new JsonObject();
      test.addProperty("first", pair.first.name);
      test.addProperty("second", pair.second.name);
      ConfidenceInterval accuracy = pair.accuracy.difference(EvaluationFiles.LEVEL);
      test.addProperty("accuracyDifference", accuracy.estimate());
      test.add("accuracyDifferenceInterval", EvaluationFiles.json(accuracy));
      test.addProperty("onlyFirstRight", pair.accuracy.onlyFirst());
      test.addProperty("onlySecondRight", pair.accuracy.onlySecond());
      test.addProperty("mcNemarExactP", pair.accuracyP);
      ConfidenceInterval auc = pair.auc.difference(EvaluationFiles.LEVEL);
      JsonFile.addNumber(test, "macroAucDifference", auc.estimate());
      test.add("macroAucDifferenceInterval", EvaluationFiles.json(auc));
      test.addProperty("deLongP", pair.aucP);
      tests.add(test);
    }
    root.add("tests", tests);
    root.addProperty("correction", pairs.size() > 1 ? "Holm" : "none");
    return root;
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
              "%-" + width + "s  %8.4f  %8.4f  %.4f (%.4f to %.4f)  %8.4f  %,10d  %7.1f  %8.2f%n",
              entry.name,
              e.accuracy(),
              e.macroF1(),
              auc.estimate(),
              auc.low(),
              auc.high(),
              e.probabilities().logLoss(),
              entry.facts.parameters(),
              entry.facts.bytes() / 1e6,
              entry.run.millisecondsPerImage()));
    }
    for (Pair pair : pairs) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n%s less %s:%n"
                  + "  accuracy   %s%s, McNemar's exact test (%d cases right only in the first, %d"
                  + " only in the second)%n"
                  + "  macro AUC  %s%s, DeLong's test of the mean one-vs-rest AUC%n",
              pair.first.name,
              pair.second.name,
              difference(pair.accuracy.difference(EvaluationFiles.LEVEL)),
              p(pair.accuracyP),
              pair.accuracy.onlyFirst(),
              pair.accuracy.onlySecond(),
              difference(pair.auc.difference(EvaluationFiles.LEVEL)),
              p(pair.aucP)));
    }
    text.append(
        String.format(
            "%n%sEvery image counts as a case of its own: with several of one patient the intervals"
                + " are too narrow.",
            pairs.size() > 1
                ? "The p values of each test are Holm's, for "
                    + pairs.size()
                    + " pairs; the"
                    + " intervals are not corrected. "
                : ""));
    return text.toString();
  }

  private static String difference(ConfidenceInterval d) {
    return String.format(
        Locale.ROOT, "%+.4f (95 %% interval %+.4f to %+.4f)", d.estimate(), d.low(), d.high());
  }

  private static String p(double value) {
    return value < 0.0001 ? ", p < 0.0001" : String.format(Locale.ROOT, ", p = %.4f", value);
  }
}
