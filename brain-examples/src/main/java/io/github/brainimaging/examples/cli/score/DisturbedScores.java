package io.github.brainimaging.examples.cli.score;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.evaluation.classification.RiskCoverageCurve;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Uncertainty;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.work.Workers;
import io.github.brainimaging.examples.cli.run.ProgressLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How well a classifier knows what it does not know: every image disturbed in five ways and three
 * strengths, and the area under the risk-coverage curve of all of them together, by several
 * confidences.
 *
 * @param rows one per confidence
 */
public record DisturbedScores(List<Row> rows) {

  /**
   * One confidence.
   *
   * @param name of classifier and confidence
   * @param accuracy share of right answers
   * @param area under the risk-coverage curve, all disturbances together
   * @param areas the same of each disturbance by itself
   */
  public record Row(String name, double accuracy, double area, Map<String, Double> areas) {}

  /** What one classifier said of one disturbed image. */
  private record Answer(String disturbance, boolean right, Prediction prediction) {}

  /** The answers of each classifier about one image. */
  private record Answers(Map<String, List<Answer>> byClassifier) {}

  /**
   * Asks classifiers about the images of a folder.
   *
   * @param classifiers by name
   * @param jobs how many images are shown at a time
   * @throws IOException if an image cannot be read
   */
  public static DisturbedScores of(DataSet folder, Map<String, Classifier> classifiers, int jobs)
      throws IOException {
    Map<String, List<Answer>> all = new LinkedHashMap<>();
    try (ProgressLine progress = new ProgressLine("disturbed images", folder.images().size());
        Stream<Answers> each =
            Workers.map(folder.images(), jobs, labeled -> ask(folder, labeled, classifiers))) {
      for (Answers answers : (Iterable<Answers>) each::iterator) {
        answers.byClassifier.forEach(
            (name, said) -> all.computeIfAbsent(name, key -> new ArrayList<>()).addAll(said));
        progress.step();
      }
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
    List<Row> rows = new ArrayList<>();
    all.forEach(
        (name, answers) ->
            confidences(answers)
                .forEach((by, confidence) -> rows.add(row(name + ", " + by, answers, confidence))));
    return new DisturbedScores(rows);
  }

  private static Answers ask(
      DataSet folder, DataSet.LabeledFile labeled, Map<String, Classifier> classifiers) {
    MedicalImage image;
    try {
      image = MedicalImageReader.withDefaults().read(labeled.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String truth = folder.labels().get(labeled.label());
    long seed = labeled.file().getFileName().toString().hashCode();
    Map<String, List<Answer>> byClassifier = new LinkedHashMap<>();
    for (Disturbance disturbance : Disturbance.values()) {
      for (int strength = 0; strength < Disturbance.STRENGTHS; strength++) {
        MedicalImage disturbed = disturbance.apply(image, strength, seed + strength);
        classifiers.forEach(
            (name, classifier) -> {
              Prediction said = classifier.classify(disturbed);
              byClassifier
                  .computeIfAbsent(name, key -> new ArrayList<>())
                  .add(
                      new Answer(
                          disturbance.name().toLowerCase(Locale.ROOT),
                          said.label().equals(truth),
                          said));
            });
      }
    }
    return new Answers(byClassifier);
  }

  private static Map<String, ToDoubleFunction<Prediction>> confidences(List<Answer> answers) {
    Map<String, ToDoubleFunction<Prediction>> by = new LinkedHashMap<>();
    by.put("probability", Prediction::probability);
    by.put(
        "entropy",
        prediction ->
            -Prediction.ofRuns(List.of(prediction))
                .uncertainty()
                .map(Uncertainty::entropy)
                .orElseThrow());
    if (answers.get(0).prediction.uncertainty().isPresent()) {
      by.put(
          "mutual information",
          prediction ->
              -prediction.uncertainty().map(Uncertainty::mutualInformation).orElseThrow());
    }
    return by;
  }

  private static Row row(
      String name, List<Answer> answers, ToDoubleFunction<Prediction> confidence) {
    Map<String, Double> areas = new LinkedHashMap<>();
    for (Disturbance disturbance : Disturbance.values()) {
      String key = disturbance.name().toLowerCase(Locale.ROOT);
      areas.put(
          key, area(answers.stream().filter(a -> a.disturbance.equals(key)).toList(), confidence));
    }
    double right = answers.stream().filter(Answer::right).count();
    return new Row(name, right / answers.size(), area(answers, confidence), areas);
  }

  private static double area(List<Answer> answers, ToDoubleFunction<Prediction> confidence) {
    boolean[] right = new boolean[answers.size()];
    double[] sure = new double[right.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = answers.get(i).right;
      sure[i] = confidence.applyAsDouble(answers.get(i).prediction);
    }
    return RiskCoverageCurve.of(right, sure).area();
  }

  /** The figures. */
  public JsonArray json() {
    JsonArray array = new JsonArray();
    for (Row row : rows) {
      JsonObject figures = new JsonObject();
      figures.addProperty("confidence", row.name);
      figures.addProperty("accuracy", row.accuracy);
      figures.addProperty("riskCoverageArea", row.area);
      row.areas.forEach(figures::addProperty);
      array.add(figures);
    }
    return array;
  }

  /** A table. */
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder("area under the risk-coverage curve, disturbed images\n");
    text.append(String.format(Locale.ROOT, "%-28s %9s %9s", "", "accuracy", "all"));
    rows.get(0).areas.keySet().forEach(key -> text.append(String.format("%9s", key)));
    for (Row row : rows) {
      text.append(
          String.format(Locale.ROOT, "%n%-28s %9.4f %9.5f", row.name, row.accuracy, row.area));
      row.areas.values().forEach(a -> text.append(String.format(Locale.ROOT, "%9.5f", a)));
    }
    return text.toString();
  }
}
