package io.github.brainimaging.examples.cli.run;

import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What one model said of all images of a folder.
 *
 * @param evaluation its figures
 * @param probabilities per image, in the folder's order: label -> probability
 * @param millisecondsPerImage the median time of one image, preprocessing included, reading not
 */
public record EvaluationRun(
    ClassificationEvaluation evaluation,
    List<Map<String, Double>> probabilities,
    double millisecondsPerImage) {

  /**
   * Shows every image to every model before the next one, so that whatever else the machine does
   * falls on all of them alike.
   *
   * @return one run per model
   */
  public static List<EvaluationRun> of(DataSet folder, List<OnnxClassifier> models)
      throws IOException {
    int images = folder.images().size();
    List<String> truth = new ArrayList<>();
    List<List<Map<String, Double>>> probabilities = new ArrayList<>();
    models.forEach(model -> probabilities.add(new ArrayList<>()));
    double[][] milliseconds = new double[models.size()][images];
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    try (ProgressLine progress = new ProgressLine("images", images)) {
      for (DataSet.LabeledFile labeled : folder.images()) {
        MedicalImage image = reader.read(labeled.file());
        int i = truth.size();
        truth.add(folder.labels().get(labeled.label()));
        for (int m = 0; m < models.size(); m++) {
          long start = System.nanoTime();
          probabilities.get(m).add(models.get(m).classify(image).probabilities());
          milliseconds[m][i] = (System.nanoTime() - start) / 1e6;
        }
        progress.step();
      }
    }
    List<EvaluationRun> runs = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      Arrays.sort(milliseconds[m]);
      runs.add(
          new EvaluationRun(
              ClassificationEvaluation.of(truth, probabilities.get(m)),
              probabilities.get(m),
              Percentiles.ofSorted(milliseconds[m], 50)));
    }
    return runs;
  }
}
