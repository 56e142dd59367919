package io.github.brainimaging.examples.cli.score;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.evaluation.segmentation.LesionDetection;
import io.github.brainimaging.core.evaluation.segmentation.SegmentationEvaluation;
import io.github.brainimaging.core.evaluation.segmentation.SegmentationSummary;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.report.CaseSheet;
import io.github.brainimaging.examples.cli.file.CsvFile;
import io.github.brainimaging.examples.cli.file.JsonFile;
import io.github.brainimaging.examples.cli.file.Pictures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** Writes scores as JSON and CSV, and a sheet of the worst cases. */
public final class ScoreFiles {

  private static final Map<String, ToDoubleFunction<SegmentationEvaluation>> MEASURES =
      new LinkedHashMap<>();
  private static final Set<String> WITH_UNIT =
      Set.of("hausdorff", "hd95", "averageSurfaceDistance", "sizeError");
  private static final Map<String, ToIntFunction<LesionDetection>> COUNTS = new LinkedHashMap<>();

  static {
    MEASURES.put("dice", SegmentationEvaluation::dice);
    MEASURES.put("iou", SegmentationEvaluation::iou);
    MEASURES.put("sensitivity", SegmentationEvaluation::sensitivity);
    MEASURES.put("precision", SegmentationEvaluation::precision);
    MEASURES.put("hausdorff", SegmentationEvaluation::hausdorff);
    MEASURES.put("hd95", SegmentationEvaluation::hausdorff95);
    MEASURES.put("averageSurfaceDistance", SegmentationEvaluation::averageSurfaceDistance);
    MEASURES.put("sizeError", SegmentationEvaluation::sizeError);
    MEASURES.put("relativeSizeError", SegmentationEvaluation::relativeSizeError);
    COUNTS.put("trueLesions", LesionDetection::trueLesions);
    COUNTS.put("lesionsFound", LesionDetection::found);
    COUNTS.put("predictedLesions", LesionDetection::predictedLesions);
    COUNTS.put("lesionsCorrect", LesionDetection::correct);
  }

  private ScoreFiles() {}

  static void write(Scores scores, Path folder, String name, String sheet, PrintWriter log)
      throws IOException {
    JsonFile.write(folder.resolve(name + ".json"), json(scores));
    csv(scores).write(folder.resolve(name + ".csv"));
    if (!scores.worst().isEmpty()) {
      Pictures.write(folder.resolve(sheet), log, () -> CaseSheet.draw(scores.worst()));
    }
  }

  private static JsonObject json(Scores scores) {
    SegmentationSummary positives = scores.where(false);
    SegmentationSummary negatives = scores.where(true);
    JsonObject json = new JsonObject();
    json.addProperty("count", positives.count());
    boolean mixed =
        scores.cases().stream().map(c -> c.evaluation().sizeUnit()).distinct().count() > 1;
    MEASURES.forEach(
        (key, measure) -> {
          if (mixed && WITH_UNIT.contains(key)) {
            return; // no mean of millimeters and pixels; each case has its own
          }
          SegmentationSummary.Statistics statistics = positives.statistics(measure);
          String name = Character.toUpperCase(key.charAt(0)) + key.substring(1);
          JsonFile.addNumber(json, "mean" + name, statistics.mean());
          JsonFile.addNumber(json, "median" + name, statistics.median());
          json.addProperty(key + "Excluded", statistics.excluded());
        });
    json.addProperty("emptyTruthCount", negatives.count());
    json.addProperty("emptyTruthFoundEmpty", negatives.bothEmpty());
    // As the console says it: of what shows something. What was found elsewhere has its own name.
    json.add("lesions", lesions(positives.lesions()));
    json.addProperty("falseLesionsWithoutTruth", negatives.lesions().predictedLesions());
    if (scores.areOfImages()) {
      json.add("volumes", volumes(scores.volumes()));
    }
    if (!scores.predicted().isEmpty()) {
      JsonObject predicted = new JsonObject();
      scores.predicted().forEach((name, value) -> JsonFile.addNumber(predicted, name, value));
      json.add("rankCorrelationWithDice", predicted);
    }
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
    COUNTS.forEach((key, count) -> json.addProperty(key, count.applyAsInt(lesions)));
    JsonFile.addNumber(json, "sensitivity", lesions.sensitivity());
    JsonFile.addNumber(json, "precision", lesions.precision());
    JsonFile.addNumber(json, "f1", lesions.f1());
    return json;
  }

  private static JsonObject volumes(Map<String, Double> dice) {
    double[] sorted = dice.values().stream().mapToDouble(d -> d).sorted().toArray();
    JsonObject json = new JsonObject();
    json.addProperty("count", sorted.length);
    JsonFile.addNumber(json, "meanDice", Arrays.stream(sorted).average().orElse(Double.NaN));
    JsonFile.addNumber(json, "medianDice", Percentiles.inSorted(sorted, 50));
    JsonObject each = new JsonObject();
    dice.forEach((folder, value) -> JsonFile.addNumber(each, folder, value));
    json.add("dice", each);
    return json;
  }

  private static JsonObject describe(Scores.Scored scored) {
    JsonObject json = new JsonObject();
    json.addProperty("input", scored.name());
    MEASURES.forEach(
        (key, measure) ->
            JsonFile.addNumber(json, key, measure.applyAsDouble(scored.evaluation())));
    COUNTS.forEach(
        (key, count) -> json.addProperty(key, count.applyAsInt(scored.evaluation().lesions())));
    json.addProperty("sizeUnit", scored.evaluation().sizeUnit().toString());
    scored.expected().ifPresent(value -> json.addProperty("expectedDice", value));
    scored.agreement().ifPresent(value -> json.addProperty("agreement", value));
    return json;
  }

  private static CsvFile csv(Scores scores) {
    List<String> header = new ArrayList<>(List.of("input"));
    header.addAll(MEASURES.keySet());
    header.addAll(COUNTS.keySet());
    header.add("sizeUnit");
    CsvFile csv = new CsvFile(header);
    for (Scores.Scored c : scores.cases()) {
      List<Object> row = new ArrayList<>(List.of(c.name()));
      MEASURES.values().forEach(measure -> row.add(measure.applyAsDouble(c.evaluation())));
      COUNTS.values().forEach(count -> row.add(count.applyAsInt(c.evaluation().lesions())));
      row.add(c.evaluation().sizeUnit().toString());
      csv.add(row);
    }
    return csv;
  }
}
