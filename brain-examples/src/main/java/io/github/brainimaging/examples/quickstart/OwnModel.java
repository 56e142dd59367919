package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.onnx.Device;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs an ONNX network of one's own that has no model card: the builder is told what the card would
 * say.
 */
public final class OwnModel {

  private OwnModel() {}

  /**
   * Prints the prediction.
   *
   * @param arguments the .onnx file (one gray channel, 64 x 64, NCHW, values 0 to 1, logits out),
   *     the image file, and the labels
   * @throws IOException if the image cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      System.err.println("usage: OwnModel MODEL.onnx IMAGE LABEL...");
      return;
    }
    List<String> labels = List.of(arguments).subList(2, arguments.length);
    try (OnnxClassifier classifier =
        OnnxClassifier.builder()
            .model(ModelSource.ofPath(Path.of(arguments[0])))
            .card(ModelInput.ofSize(64, 1).withFit(ModelInput.Fit.PAD), Activation.LOGITS, labels)
            .device(Device.auto())
            .build()) {
      System.out.println(
          classifier.classify(MedicalImageReader.withDefaults().read(Path.of(arguments[1]))));
    }
  }
}
