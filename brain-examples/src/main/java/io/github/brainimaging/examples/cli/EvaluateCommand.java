package io.github.brainimaging.examples.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.training.DataSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a model on a folder with one folder per class. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Measures a model on a folder with one folder per class.")
final class EvaluateCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "One folder per class, named as the model's labels.")
  private Path data = Path.of("");

  @Option(names = "--json", paramLabel = "FILE", description = "Where to write the figures.")
  private @Nullable Path json;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Override
  public Integer call() throws IOException {
    DataSet folder = DataOptions.read(data);
    try (OnnxClassifier classifier = model.open()) {
      if (!classifier.labels().containsAll(folder.labels())) {
        throw new ParameterException(
            spec.commandLine(),
            "--data must have folders named as the model's labels "
                + classifier.labels()
                + ", found "
                + folder.labels());
      }
      ClassificationEvaluation evaluation = evaluate(folder, classifier);
      PrintWriter out = spec.commandLine().getOut();
      out.println(evaluation);
      out.flush();
      if (json != null) {
        JsonFile.write(json, toJson(evaluation, classifier));
      }
      return 0;
    }
  }

  static ClassificationEvaluation evaluate(DataSet folder, OnnxClassifier classifier)
      throws IOException {
    List<String> truth = new ArrayList<>();
    List<Map<String, Double>> scores = new ArrayList<>();
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    try (Progress progress = new Progress("images", folder.images().size())) {
      for (DataSet.LabeledFile labeled : folder.images()) {
        MedicalImage image = reader.read(labeled.file());
        truth.add(folder.labels().get(labeled.label()));
        scores.add(classifier.classify(image).probabilities());
        progress.step();
      }
    }
    return ClassificationEvaluation.of(truth, scores);
  }

  private static JsonObject toJson(ClassificationEvaluation evaluation, OnnxClassifier classifier) {
    JsonObject root = new JsonObject();
    root.addProperty("model", classifier.card().name());
    root.addProperty("device", classifier.device().toString());
    root.addProperty("accuracy", evaluation.accuracy());
    JsonFile.addNumber(root, "macroF1", evaluation.macroF1());
    root.addProperty("count", evaluation.count());
    JsonArray labels = new JsonArray();
    JsonObject classes = new JsonObject();
    evaluation
        .classes()
        .forEach(
            (label, figures) -> {
              labels.add(label);
              JsonObject entry = new JsonObject();
              JsonFile.addNumber(entry, "precision", figures.precision());
              JsonFile.addNumber(entry, "recall", figures.recall());
              JsonFile.addNumber(entry, "specificity", figures.specificity());
              JsonFile.addNumber(entry, "f1", figures.f1());
              JsonFile.addNumber(entry, "auc", figures.auc());
              entry.addProperty("support", figures.support());
              classes.add(label, entry);
            });
    root.add("labels", labels);
    root.add("classes", classes);
    JsonArray confusion = new JsonArray();
    for (int[] counts : evaluation.confusion().toArray()) {
      JsonArray row = new JsonArray();
      for (int count : counts) {
        row.add(count);
      }
      confusion.add(row);
    }
    root.add("confusion", confusion);
    return root;
  }
}
