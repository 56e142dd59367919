package io.github.brainimaging.examples.cli.score;

import com.google.gson.JsonObject;
import io.github.brainimaging.core.evaluation.classification.SetEvaluation;
import io.github.brainimaging.core.inference.ConformalSets;
import io.github.brainimaging.examples.cli.file.JsonFile;
import io.github.brainimaging.examples.cli.run.EvaluationRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Coverage and size of a model's sets of labels. */
public final class MeasuredSets {

  private static final int SEED = 1;

  private MeasuredSets() {}

  /**
   * Measures.
   *
   * @param sets those of the model's card
   * @param run what it said
   * @param halves how many times sets are fitted to a random half and measured on the other
   * @return the figures of the card's sets, if it has some, and the mean over the halves, if asked
   */
  public static Map<String, SetEvaluation> of(ConformalSets sets, EvaluationRun run, int halves) {
    List<Integer> all = IntStream.range(0, run.probabilities().size()).boxed().toList();
    Map<String, SetEvaluation> figures = new LinkedHashMap<>();
    if (!sets.scores().isEmpty()) {
      figures.put("sets", measure(sets, run, all));
    }
    if (halves > 0) {
      figures.put(
          "halves", mean(IntStream.range(0, halves).mapToObj(i -> half(sets, run, i)).toList()));
    }
    return figures;
  }

  private static SetEvaluation half(ConformalSets sets, EvaluationRun run, int number) {
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, run.probabilities().size()).boxed().toList());
    Collections.shuffle(order, new Random(SEED + number));
    List<Integer> known = order.subList(0, order.size() / 2);
    ConformalSets fitted =
        ConformalSets.fit(
            sets.method(), sets.coverage(), truth(run, known), probabilities(run, known));
    return measure(fitted, run, order.subList(order.size() / 2, order.size()));
  }

  private static SetEvaluation measure(ConformalSets sets, EvaluationRun run, List<Integer> cases) {
    List<Set<String>> each =
        probabilities(run, cases).stream().map(p -> sets.labels(p, sets.coverage())).toList();
    return SetEvaluation.of(truth(run, cases), each);
  }

  private static List<String> truth(EvaluationRun run, List<Integer> cases) {
    return cases.stream().map(run.evaluation().truth()::get).toList();
  }

  private static List<Map<String, Double>> probabilities(EvaluationRun run, List<Integer> cases) {
    return cases.stream().map(run.probabilities()::get).toList();
  }

  /** A class that is missing in a half does not count there. */
  private static SetEvaluation mean(List<SetEvaluation> each) {
    Map<String, List<Double>> byClass = new LinkedHashMap<>();
    each.forEach(
        one ->
            one.coverageByClass()
                .forEach(
                    (label, coverage) ->
                        byClass.computeIfAbsent(label, key -> new ArrayList<>()).add(coverage)));
    Map<String, Double> means = new LinkedHashMap<>();
    byClass.forEach((label, values) -> means.put(label, mean(values, value -> value)));
    return new SetEvaluation(
        mean(each, SetEvaluation::coverage),
        means,
        mean(each, SetEvaluation::meanSize),
        mean(each, SetEvaluation::empty),
        mean(each, SetEvaluation::single));
  }

  private static <T> double mean(List<T> values, ToDoubleFunction<T> of) {
    return values.stream().mapToDouble(of).average().orElse(Double.NaN);
  }

  /** The figures, key by key. */
  public static JsonObject json(SetEvaluation figures) {
    JsonObject json = new JsonObject();
    JsonFile.addNumber(json, "coverage", figures.coverage());
    JsonObject classes = new JsonObject();
    figures.coverageByClass().forEach((label, value) -> JsonFile.addNumber(classes, label, value));
    json.add("coverageByClass", classes);
    JsonFile.addNumber(json, "meanSize", figures.meanSize());
    JsonFile.addNumber(json, "empty", figures.empty());
    JsonFile.addNumber(json, "single", figures.single());
    return json;
  }
}
