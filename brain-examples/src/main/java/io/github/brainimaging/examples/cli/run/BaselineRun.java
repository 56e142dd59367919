package io.github.brainimaging.examples.cli.run;

import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.core.evaluation.significance.ModelComparison;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.baseline.Baseline;
import io.github.brainimaging.models.baseline.FittedBaseline;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** P4's baselines on the features of a network, all on the same images. */
public final class BaselineRun {

  private final FeatureExtractor extractor;
  private final @Nullable Classifier network;
  private final Map<DataSet.LabeledFile, Tensor> features = new LinkedHashMap<>();
  private final Map<DataSet.LabeledFile, Prediction> answers = new LinkedHashMap<>();
  private final Map<Path, String> failures = new LinkedHashMap<>();

  /**
   * Looks at nothing yet.
   *
   * @param network is asked too, on the images that measure; null if it knows other classes
   */
  public BaselineRun(FeatureExtractor extractor, @Nullable Classifier network) {
    this.extractor = extractor;
    this.network = network;
  }

  /**
   * What was found.
   *
   * @param models the baselines, and the network if it was asked; measured on the same images
   * @param labels the classes
   * @param truth of each measured image, its class
   * @param measured of each of them, its features
   */
  public record Result(
      List<ModelComparison.Model> models,
      List<String> labels,
      List<String> truth,
      List<Tensor> measured) {}

  /** Files that could not be read, and why. */
  public Map<Path, String> failures() {
    return failures;
  }

  /**
   * Fits to one part of each split and measures on the other; of several splits all answers count
   * together.
   *
   * @throws IOException if too little could be read
   */
  public Result run(List<DataSet.Split> splits, String networkName, long seed) throws IOException {
    List<String> labels = splits.get(0).training().labels();
    look(splits);
    Map<String, List<Map<String, Double>>> said = new LinkedHashMap<>();
    List<String> truth = new ArrayList<>();
    List<Tensor> measured = new ArrayList<>();
    try (ProgressLine progress =
        new ProgressLine("baselines", (long) splits.size() * Baseline.values().length)) {
      for (DataSet.Split split : splits) {
        List<DataSet.LabeledFile> known = read(split.training());
        List<DataSet.LabeledFile> asked = read(split.validation());
        List<String> names = split.validation().labels();
        asked.forEach(image -> truth.add(names.get(image.label())));
        asked.forEach(image -> measured.add(features.get(image)));
        for (Baseline baseline : Baseline.values()) {
          FittedBaseline fitted =
              baseline.fit(
                  labels,
                  known.stream().map(features::get).toList(),
                  known.stream().map(DataSet.LabeledFile::label).toList(),
                  seed);
          List<Map<String, Double>> all =
              said.computeIfAbsent(baseline.toString(), name -> new ArrayList<>());
          asked.forEach(
              image ->
                  all.add(
                      fitted
                          .classify(Objects.requireNonNull(features.get(image)))
                          .probabilities()));
          progress.step();
        }
        if (network != null) {
          List<Map<String, Double>> all =
              said.computeIfAbsent(networkName, name -> new ArrayList<>());
          asked.forEach(
              image -> all.add(Objects.requireNonNull(answers.get(image)).probabilities()));
        }
      }
    }
    List<ModelComparison.Model> models = new ArrayList<>();
    said.forEach(
        (name, all) ->
            models.add(new ModelComparison.Model(name, ClassificationEvaluation.of(truth, all))));
    return new Result(models, labels, truth, measured);
  }

  private List<DataSet.LabeledFile> read(DataSet part) throws IOException {
    List<DataSet.LabeledFile> read = part.images().stream().filter(features::containsKey).toList();
    if (read.isEmpty()) {
      throw new IOException(
          "none of " + part.images().size() + " images could be read: " + failures);
    }
    return read;
  }

  /** Every image once. */
  private void look(List<DataSet.Split> splits) {
    Set<DataSet.LabeledFile> asked = new LinkedHashSet<>();
    Set<DataSet.LabeledFile> all = new LinkedHashSet<>();
    for (DataSet.Split split : splits) {
      asked.addAll(split.validation().images());
      all.addAll(split.training().images());
    }
    all.addAll(asked);
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    try (ProgressLine progress = new ProgressLine("images", all.size())) {
      for (DataSet.LabeledFile file : all) {
        try {
          MedicalImage image = reader.read(file.file());
          if (network != null && asked.contains(file)) {
            answers.put(file, network.classify(image));
          }
          features.put(file, pooled(extractor.extract(image)));
        } catch (IOException | IllegalArgumentException e) {
          failures.put(file.file(), String.valueOf(e.getMessage()));
        }
        progress.step();
      }
    }
  }

  /** Of maps the mean of each channel. */
  private Tensor pooled(Tensor maps) {
    int[] shape = maps.shape();
    if (shape.length != 3) {
      return maps;
    }
    boolean first = extractor.input().layout() == Layout.NCHW;
    int channels = shape[first ? 0 : 2];
    int places = maps.size() / channels;
    float[] means = new float[channels];
    for (int i = 0; i < maps.size(); i++) {
      means[first ? i / places : i % channels] += maps.get(i) / places;
    }
    return Tensor.wrap(means, channels);
  }
}
