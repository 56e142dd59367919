package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.io.IOException;
import java.nio.file.Path;

/** Classifies one image with the embedded model. */
public final class ClassifyOneImage {

  private ClassifyOneImage() {}

  /**
   * Prints the class and all probabilities.
   *
   * @param arguments the image file
   * @throws IOException if it cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 1) {
      System.err.println("usage: ClassifyOneImage IMAGE");
      return;
    }
    MedicalImage image = MedicalImageReader.withDefaults().read(Path.of(arguments[0]));
    // Load once and share: a classifier is safe for many threads.
    try (OnnxClassifier classifier = OnnxClassifier.embedded()) {
      Prediction prediction = classifier.classify(image);
      System.out.println(prediction.label());
      prediction
          .probabilities()
          .forEach((label, probability) -> System.out.printf("%-12s %.4f%n", label, probability));
    }
  }
}
