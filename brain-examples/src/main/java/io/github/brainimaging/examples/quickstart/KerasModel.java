package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.models.card.Preparation;
import io.github.brainimaging.models.onnx.CardDraft;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs a ResNet-50 that Keras has trained and exported to ONNX ({@code model.export} or tf2onnx):
 * everything but the preparation of pictures and the labels is read from its graph.
 */
public final class KerasModel {

  private KerasModel() {}

  /**
   * Prints the prediction.
   *
   * @param arguments the .onnx file, the image file, and the labels in the order of {@code
   *     class_indices}
   * @throws IOException if the image cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      System.err.println("usage: KerasModel MODEL.onnx IMAGE LABEL...");
      return;
    }
    ModelSource model = ModelSource.ofPath(Path.of(arguments[0]));
    CardDraft draft = CardDraft.of(model).preparation(Preparation.KERAS_RESNET50);
    draft.labels(List.of(arguments).subList(2, arguments.length));
    try (OnnxClassifier classifier =
        OnnxClassifier.builder().model(model).card(draft.card()).build()) {
      System.out.println(
          classifier.classify(MedicalImageReader.withDefaults().read(Path.of(arguments[1]))));
    }
  }
}
