package io.github.brainimaging.examples.cli.score;

import com.google.gson.JsonObject;
import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.explanation.Faithfulness;
import io.github.brainimaging.core.explanation.MapScore;
import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.transform.spatial.CropToForeground;
import io.github.brainimaging.examples.cli.file.JsonFile;
import io.github.brainimaging.examples.cli.file.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** How good maps of classes are, beside a random map and one of the center. */
public final class MapScores {

  private static final int STEPS = 20;

  private final Map<String, List<Double>> figures = new LinkedHashMap<>();
  private final SplittableRandom random = new SplittableRandom(1);

  /** Scores a map against the true mask, and what needs no look at the image. */
  public void add(MedicalImage image, Explanation map, Mask truth, JsonObject result) {
    MapScore score = MapScore.of(map, truth);
    int side = Math.max(image.width(), image.height());
    result.addProperty("hit", score.hit(side));
    JsonFile.addNumber(result, "energyInside", score.energyInside());
    JsonFile.addNumber(result, "dice", score.dice());
    addAll("map", score, side);
    addAll("random", MapScore.of(noise(image, map.label()), truth), side);
    addAll("center", MapScore.of(center(image, map.label()), truth), side);
  }

  private void addAll(String kind, MapScore score, int side) {
    add(kind + ".pointing", score.hit(side) ? 1 : 0);
    add(kind + ".energyInside", score.energyInside());
    add(kind + ".dice", score.dice());
  }

  /** Measures whether the map tells what moves the classifier. */
  public void add(MedicalImage image, Explanation map, Classifier classifier, JsonObject result) {
    Faithfulness own = Faithfulness.of(classifier, image, map, STEPS);
    Explanation noise = noise(image, map.label());
    Faithfulness other = Faithfulness.of(classifier, image, noise, STEPS);
    JsonFile.addNumber(result, "insertion", own.insertionArea());
    JsonFile.addNumber(result, "deletion", own.deletionArea());
    add("map.insertion", own.insertionArea());
    add("map.deletion", own.deletionArea());
    add("random.insertion", other.insertionArea());
    add("random.deletion", other.deletionArea());
  }

  /** Compares a map with that of the network with shuffled weights. */
  public void add(Explanation map, Explanation shuffled, JsonObject result) {
    double correlation = map.rankCorrelation(shuffled);
    JsonFile.addNumber(result, "rankCorrelationShuffled", correlation);
    add("map.rankCorrelationShuffled", Double.isNaN(correlation) ? 0 : correlation);
  }

  private void add(String figure, double value) {
    figures.computeIfAbsent(figure, name -> new ArrayList<>()).add(value);
  }

  /** Random values in the box of the head. */
  private Explanation noise(MedicalImage image, String label) {
    BoundingBox head = CropToForeground.withDefaults().box(image);
    float[] values = new float[image.width() * image.height()];
    for (int y = head.y(); y < head.y() + head.height(); y++) {
      for (int x = head.x(); x < head.x() + head.width(); x++) {
        values[y * image.width() + x] = (float) random.nextDouble();
      }
    }
    return explanation("random", image, label, values);
  }

  private static Explanation center(MedicalImage image, String label) {
    double x = (image.width() - 1) / 2.0;
    double y = (image.height() - 1) / 2.0;
    float[] values = new float[image.width() * image.height()];
    for (int i = 0; i < values.length; i++) {
      int row = i / image.width();
      double distance = Math.hypot(i % image.width() - x, row - y);
      values[i] = (float) (Math.hypot(x, y) - distance);
    }
    return explanation("center", image, label, values);
  }

  private static Explanation explanation(
      String method, MedicalImage image, String label, float[] values) {
    return Explanation.of(
        method, label, MedicalImage.wrap(image.width(), image.height(), 1, values));
  }

  public boolean isEmpty() {
    return figures.isEmpty();
  }

  /** The mean of each figure, and of how many images. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    figures.forEach(
        (figure, values) -> {
          JsonObject one = new JsonObject();
          JsonFile.addNumber(one, "mean", mean(values));
          one.addProperty("images", values.size());
          json.add(figure, one);
        });
    return json;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** A line for each figure. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    figures.forEach(
        (figure, values) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-28s %.3f (%s)%n",
                    figure,
                    mean(values),
                    Terminal.count(values.size(), "image"))));
    return text.toString().stripTrailing();
  }
}
