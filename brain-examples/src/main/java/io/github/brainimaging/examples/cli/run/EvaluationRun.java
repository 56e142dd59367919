package io.github.brainimaging.examples.cli.run;

import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.work.Workers;
import io.github.brainimaging.examples.cli.option.PatientOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  /** What the models said of an image and how long each took, or why they could not. */
  private record Answer(
      DataSet.LabeledFile labeled,
      List<Map<String, Double>> said,
      List<Double> milliseconds,
      @Nullable String failure) {}

  /**
   * Shows every image to every model before the next one, so that whatever else the machine does
   * falls on all of them alike. An image that cannot be read is no end: no model is asked of it.
   *
   * @param jobs how many images are shown at a time; times are those of a model alone only with 1
   * @throws IOException if no image could be read
   */
  public static Runs of(DataSet folder, List<? extends Classifier> models, int jobs)
      throws IOException {
    return of(folder, models.size(), labeled -> models, jobs);
  }

  /** One model on images whose patients it is told. */
  public static Runs of(DataSet folder, PatientOptions.Patients patients, int jobs)
      throws IOException {
    return of(folder, 1, labeled -> List.of(patients.of(labeled)), jobs);
  }

  private static Runs of(
      DataSet folder,
      int count,
      Function<DataSet.LabeledFile, List<? extends Classifier>> models,
      int jobs)
      throws IOException {
    List<String> truth = new ArrayList<>();
    List<List<Map<String, Double>>> probabilities = new ArrayList<>();
    for (int m = 0; m < count; m++) {
      probabilities.add(new ArrayList<>());
    }
    double[][] milliseconds = new double[count][folder.images().size()];
    Map<Path, String> failures = new LinkedHashMap<>();
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    try (ProgressLine progress = new ProgressLine("images", folder.images().size());
        Stream<Answer> answers =
            Workers.map(
                folder.images(), jobs, labeled -> answer(labeled, reader, models.apply(labeled)))) {
      for (Answer answer : (Iterable<Answer>) answers::iterator) {
        progress.step();
        if (answer.failure != null) {
          failures.put(answer.labeled.file(), answer.failure);
          continue;
        }
        for (int m = 0; m < count; m++) {
          milliseconds[m][truth.size()] = answer.milliseconds.get(m);
          probabilities.get(m).add(answer.said.get(m));
        }
        truth.add(folder.labels().get(answer.labeled.label()));
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
    for (int m = 0; m < count; m++) {
      double[] sorted = Arrays.copyOf(milliseconds[m], truth.size());
      Arrays.sort(sorted);
      runs.add(
          new EvaluationRun(
              ClassificationEvaluation.of(truth, probabilities.get(m)),
              probabilities.get(m),
              Percentiles.inSorted(sorted, 50)));
    }
    return new Runs(runs, failures);
  }

  private static Answer answer(
      DataSet.LabeledFile labeled, MedicalImageReader reader, List<? extends Classifier> models) {
    List<Map<String, Double>> said = new ArrayList<>();
    List<Double> milliseconds = new ArrayList<>();
    try {
      MedicalImage image = reader.read(labeled.file());
      for (Classifier model : models) {
        long start = System.nanoTime();
        said.add(model.classify(image).probabilities());
        milliseconds.add((System.nanoTime() - start) / 1e6);
      }
      return new Answer(labeled, said, milliseconds, null);
    } catch (IOException | IllegalArgumentException e) {
      return new Answer(labeled, List.of(), List.of(), String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      // What it held is free again, and the next may well be small.
      String reason = labeled.file() + ": the heap is too small for this image";
      return new Answer(labeled, List.of(), List.of(), reason);
    }
  }
}
