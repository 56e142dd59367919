package io.github.brainimaging.examples.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.evaluation.segmentation.LesionDetection;
import io.github.brainimaging.core.evaluation.segmentation.SegmentationEvaluation;
import io.github.brainimaging.core.evaluation.segmentation.SegmentationSummary;
import io.github.brainimaging.core.report.CaseSheet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Writes scores: {@code scores.json}, {@code scores.csv} and {@code worst.png}. */
final class ScoreFiles {

  private static final Map<String, ToDoubleFunction<SegmentationEvaluation>> MEASURES = measures();

  private ScoreFiles() {}

  private static Map<String, ToDoubleFunction<SegmentationEvaluation>> measures() {
    Map<String, ToDoubleFunction<SegmentationEvaluation>> measures = new LinkedHashMap<>();
    measures.put("dice", SegmentationEvaluation::dice);
    measures.put("iou", SegmentationEvaluation::iou);
    measures.put("sensitivity", SegmentationEvaluation::sensitivity);
    measures.put("precision", SegmentationEvaluation::precision);
    measures.put("hausdorff", SegmentationEvaluation::hausdorff);
    measures.put("hd95", SegmentationEvaluation::hausdorff95);
    measures.put("averageSurfaceDistance", SegmentationEvaluation::averageSurfaceDistance);
    measures.put("sizeError", SegmentationEvaluation::sizeError);
    measures.put("relativeSizeError", SegmentationEvaluation::relativeSizeError);
    measures.put("trueLesions", e -> e.lesions().trueLesions());
    measures.put("lesionsFound", e -> e.lesions().found());
    measures.put("predictedLesions", e -> e.lesions().predictedLesions());
    measures.put("lesionsCorrect", e -> e.lesions().correct());
    return measures;
  }

  static void write(Scores scores, Path folder) throws IOException {
    JsonFile.write(folder.resolve("scores.json"), json(scores));
    csv(scores).write(folder.resolve("scores.csv"));
    if (!scores.worst().isEmpty()) {
      CaseSheet.write(scores.worst(), folder.resolve("worst.png"));
    }
  }

  private static JsonObject json(Scores scores) {
    SegmentationSummary positives = scores.where(false);
    SegmentationSummary negatives = scores.where(true);
    JsonObject json = new JsonObject();
    json.addProperty("count", positives.count());
    for (String measure : MEASURES.keySet()) {
      if (!measure.contains("esions")) {
        SegmentationSummary.Statistics statistics =
            positives.of(MEASURES.getOrDefault(measure, e -> Double.NaN));
        String name = Character.toUpperCase(measure.charAt(0)) + measure.substring(1);
        JsonFile.addNumber(json, "mean" + name, statistics.mean());
        JsonFile.addNumber(json, "median" + name, statistics.median());
        json.addProperty(measure + "Excluded", statistics.excluded());
      }
    }
    json.addProperty("emptyTruthCount", negatives.count());
    json.addProperty("emptyTruthFoundEmpty", negatives.bothEmpty());
    json.add("lesions", lesions(positives.lesions().plus(negatives.lesions())));
    json.add("volumes", volumes(scores.volumes()));
    json.addProperty("withoutTruth", scores.withoutTruth());
    JsonArray errors = new JsonArray();
    scores.failures().forEach(errors::add);
    json.add("failures", errors);
    JsonArray list = new JsonArray();
    scores.cases().forEach(c -> list.add(describe(c)));
    json.add("cases", list);
    return json;
  }

  private static JsonObject lesions(LesionDetection lesions) {
    JsonObject json = new JsonObject();
    json.addProperty("trueLesions", lesions.trueLesions());
    json.addProperty("found", lesions.found());
    json.addProperty("predicted", lesions.predictedLesions());
    json.addProperty("correct", lesions.correct());
    JsonFile.addNumber(json, "sensitivity", lesions.sensitivity());
    JsonFile.addNumber(json, "precision", lesions.precision());
    JsonFile.addNumber(json, "f1", lesions.f1());
    return json;
  }

  private static JsonObject volumes(Map<String, Double> dice) {
    double[] sorted = dice.values().stream().mapToDouble(d -> d).sorted().toArray();
    JsonObject json = new JsonObject();
    json.addProperty("count", sorted.length);
    JsonFile.addNumber(json, "meanDice", mean(sorted));
    JsonFile.addNumber(json, "medianDice", median(sorted));
    JsonObject each = new JsonObject();
    dice.forEach((folder, value) -> JsonFile.addNumber(each, folder, value));
    json.add("dice", each);
    return json;
  }

  private static JsonObject describe(Scores.Case scored) {
    JsonObject json = new JsonObject();
    json.addProperty("input", scored.name());
    MEASURES.forEach(
        (key, measure) ->
            JsonFile.addNumber(json, key, measure.applyAsDouble(scored.evaluation())));
    json.addProperty("sizeUnit", scored.evaluation().sizeUnit());
    return json;
  }

  private static CsvFile csv(Scores scores) {
    CsvFile csv = new CsvFile(header());
    for (Scores.Case c : scores.cases()) {
      Object[] row = new Object[MEASURES.size() + 2];
      row[0] = c.name();
      int at = 1;
      for (ToDoubleFunction<SegmentationEvaluation> measure : MEASURES.values()) {
        row[at++] = measure.applyAsDouble(c.evaluation());
      }
      row[at] = c.evaluation().sizeUnit();
      csv.add(row);
    }
    return csv;
  }

  private static String[] header() {
    String[] header = new String[MEASURES.size() + 2];
    header[0] = "input";
    System.arraycopy(MEASURES.keySet().toArray(new String[0]), 0, header, 1, MEASURES.size());
    header[header.length - 1] = "sizeUnit";
    return header;
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  static double median(double[] sorted) {
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
