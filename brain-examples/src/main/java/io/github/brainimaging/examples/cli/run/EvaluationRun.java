package io.github.brainimaging.examples.cli.run;

import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one model said of all images of a folder.
 *
 * @param evaluation its figures
 * @param probabilities per image that could be read, in the folder's order: label -> probability
 * @param millisecondsPerImage the median time of one image, preprocessing included, reading not
 */
public record EvaluationRun(
    ClassificationEvaluation evaluation,
    List<Map<String, Double>> probabilities,
    double millisecondsPerImage) {

  /**
   * All models on the same images.
   *
   * @param runs one per model
   * @param failures files that could not be read or classified, and why
   */
  public record Runs(List<EvaluationRun> runs, Map<Path, String> failures) {}

  /**
   * Shows every image to every model before the next one, so that whatever else the machine does
   * falls on all of them alike. An image that cannot be read is no end: no model is asked of it.
   *
   * @throws IOException if no image could be read
   */
  public static Runs of(DataSet folder, List<OnnxClassifier> models) throws IOException {
    List<String> truth = new ArrayList<>();
    List<List<Map<String, Double>>> probabilities = new ArrayList<>();
    models.forEach(model -> probabilities.add(new ArrayList<>()));
    double[][] milliseconds = new double[models.size()][folder.images().size()];
    Map<Path, String> failures = new LinkedHashMap<>();
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    try (ProgressLine progress = new ProgressLine("images", folder.images().size())) {
      for (DataSet.LabeledFile labeled : folder.images()) {
        try {
          MedicalImage image = reader.read(labeled.file());
          List<Map<String, Double>> said = new ArrayList<>();
          for (int m = 0; m < models.size(); m++) {
            long start = System.nanoTime();
            said.add(models.get(m).classify(image).probabilities());
            milliseconds[m][truth.size()] = (System.nanoTime() - start) / 1e6;
          }
          for (int m = 0; m < models.size(); m++) {
            probabilities.get(m).add(said.get(m));
          }
          truth.add(folder.labels().get(labeled.label()));
        } catch (IOException | IllegalArgumentException e) {
          failures.put(labeled.file(), String.valueOf(e.getMessage()));
        }
        progress.step();
      }
    }
    if (truth.isEmpty()) {
      throw new IOException(
          "none of "
              + failures.size()
              + " images could be read: "
              + failures.values().iterator().next());
    }
    List<EvaluationRun> runs = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      double[] sorted = Arrays.copyOf(milliseconds[m], truth.size());
      Arrays.sort(sorted);
      runs.add(
          new EvaluationRun(
              ClassificationEvaluation.of(truth, probabilities.get(m)),
              probabilities.get(m),
              Percentiles.ofSorted(sorted, 50)));
    }
    return new Runs(runs, failures);
  }
}
