package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures a classifier on images whose class is known. */
public final class EvaluateClassifier {

  private static final double LEVEL = 0.95;

  private EvaluateClassifier() {}

  /**
   * Prints figures by class, with an interval of the accuracy.
   *
   * @param arguments a folder with one folder of images per class, called as the model's labels
   * @throws IOException if an image cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 1) {
      System.err.println("usage: EvaluateClassifier FOLDER");
      return;
    }
    DataSet data = DataSet.ofFolder(Path.of(arguments[0]));
    List<String> truth = new ArrayList<>();
    List<Map<String, Double>> said = new ArrayList<>();
    try (OnnxClassifier classifier = OnnxClassifier.embedded()) {
      for (DataSet.LabeledFile image : data.images()) {
        truth.add(data.labels().get(image.label()));
        said.add(
            classifier
                .classify(MedicalImageReader.withDefaults().read(image.file()))
                .probabilities());
      }
    }
    ClassificationEvaluation evaluation = ClassificationEvaluation.of(truth, said);
    System.out.println(evaluation);
    System.out.println("accuracy " + evaluation.accuracyInterval(LEVEL));
  }
}
