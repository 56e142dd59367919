package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Lets a calibrated ONNX network of one's own (see {@link CalibrateOwnModel}) answer, say that it
 * is unsure, or refuse.
 */
public final class RefuseWithOwnModel {

  private RefuseWithOwnModel() {}

  /**
   * Prints what the model says of each image.
   *
   * @param arguments the .onnx file, its card beside it, and the image files
   * @throws IOException if an image cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      System.err.println("usage: RefuseWithOwnModel MODEL.onnx IMAGE...");
      return;
    }
    ModelSource model = ModelSource.ofPath(Path.of(arguments[0]));
    try (OnnxClassifier classifier = OnnxClassifier.builder().model(model).build()) {
      for (int i = 1; i < arguments.length; i++) {
        Prediction said =
            classifier.classify(MedicalImageReader.withDefaults().read(Path.of(arguments[i])));
        if (!said.assessment().answers()) {
          System.out.println("refused: " + said.assessment());
        } else if (said.isUnsure()) {
          System.out.println("unsure: " + said.set().orElseThrow());
        } else {
          System.out.println("answer: " + said.label());
        }
      }
    }
  }
}
