package io.github.brainimaging.examples.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.evaluation.segmentation.SegmentationEvaluation;
import io.github.brainimaging.core.evaluation.segmentation.SegmentationSummary;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.pipeline.Segmentation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Masks against the truth: images that show something by overlap and distance, the others by
 * whether nothing was found.
 */
final class Scores {

  private record Case(String name, SegmentationEvaluation evaluation) {}

  /** Not a map: two folders may hold a file of the same name. */
  private final List<Case> cases = new ArrayList<>();

  private final List<String> failures = new ArrayList<>();
  private int withoutTruth;

  void add(String name, Mask truth, Segmentation found) {
    cases.add(new Case(name, SegmentationEvaluation.of(truth, found.mask(), found.spacing())));
  }

  /** An image whose true mask cannot be read or is no mask of it. */
  void addFailure(String name, String error) {
    failures.add(name + ": " + error);
  }

  void addWithoutTruth() {
    withoutTruth++;
  }

  int failed() {
    return failures.size();
  }

  private List<SegmentationEvaluation> where(boolean truthEmpty) {
    return cases.stream()
        .map(Case::evaluation)
        .filter(c -> c.overlap().truthEmpty() == truthEmpty)
        .toList();
  }

  private long emptyAmong(List<SegmentationEvaluation> some) {
    return some.stream().filter(c -> c.overlap().predictionEmpty()).count();
  }

  void write(Path file) throws IOException {
    List<SegmentationEvaluation> positives = where(false);
    List<SegmentationEvaluation> negatives = where(true);
    SegmentationSummary summary = SegmentationSummary.of(positives);
    JsonObject json = new JsonObject();
    json.addProperty("count", positives.size());
    addStatistics(json, "Dice", summary.of(SegmentationEvaluation::dice));
    addStatistics(json, "Iou", summary.of(SegmentationEvaluation::iou));
    addStatistics(json, "Hd95", summary.of(SegmentationEvaluation::hausdorff95));
    json.addProperty("hd95Excluded", summary.of(SegmentationEvaluation::hausdorff95).excluded());
    json.addProperty("emptyTruthCount", negatives.size());
    json.addProperty("emptyTruthFoundEmpty", emptyAmong(negatives));
    json.addProperty("withoutTruth", withoutTruth);
    JsonArray errors = new JsonArray();
    failures.forEach(errors::add);
    json.add("failures", errors);
    JsonArray list = new JsonArray();
    cases.forEach(c -> list.add(describe(c.name, c.evaluation)));
    json.add("cases", list);
    JsonFile.write(file, json);
  }

  private static void addStatistics(
      JsonObject json, String name, SegmentationSummary.Statistics statistics) {
    JsonFile.addNumber(json, "mean" + name, statistics.mean());
    JsonFile.addNumber(json, "median" + name, statistics.median());
  }

  private static JsonObject describe(String name, SegmentationEvaluation evaluation) {
    Map<String, ToDoubleFunction<SegmentationEvaluation>> measures = new LinkedHashMap<>();
    measures.put("dice", SegmentationEvaluation::dice);
    measures.put("iou", SegmentationEvaluation::iou);
    measures.put("hd95", SegmentationEvaluation::hausdorff95);
    JsonObject json = new JsonObject();
    json.addProperty("input", name);
    measures.forEach(
        (key, measure) -> JsonFile.addNumber(json, key, measure.applyAsDouble(evaluation)));
    return json;
  }

  /** Both groups, one after the other. */
  @Override
  public String toString() {
    List<SegmentationEvaluation> negatives = where(true);
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%nImages with a true region:%n%s%nImages without: %d, of which nothing was found in"
                    + " %d",
                SegmentationSummary.of(where(false)),
                negatives.size(),
                emptyAmong(negatives)));
    if (withoutTruth > 0) {
      text.append(String.format(Locale.ROOT, "%nNo true mask for %d images", withoutTruth));
    }
    for (String failure : failures) {
      text.append(String.format("%nFAILED to score %s", Terminal.plain(failure)));
    }
    return text.toString();
  }
}
