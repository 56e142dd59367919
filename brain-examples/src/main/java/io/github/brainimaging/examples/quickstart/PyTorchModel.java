package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.Preparation;
import io.github.brainimaging.models.onnx.CardDraft;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs a network that was trained with torchvision's transforms and exported by {@code
 * torch.onnx.export} on many images.
 */
public final class PyTorchModel {

  private PyTorchModel() {}

  /**
   * Prints a line for each image.
   *
   * @param arguments the .onnx file, the labels in the order of {@code ImageFolder.classes} with
   *     commas between them, and image files
   */
  public static void main(String[] arguments) {
    if (arguments.length < 3) {
      System.err.println("usage: PyTorchModel MODEL.onnx LABEL,LABEL... IMAGE...");
      return;
    }
    ModelSource model = ModelSource.ofPath(Path.of(arguments[0]));
    ModelCard card =
        CardDraft.of(model)
            .preparation(Preparation.TORCHVISION)
            .labels(List.of(arguments[1].split(",", -1)))
            .card();
    try (OnnxClassifier classifier = OnnxClassifier.builder().model(model).card(card).build();
        Stream<Outcome<Analysis>> outcomes =
            BrainPipeline.builder()
                .classify(classifier)
                .build()
                .analyzeAll(Arrays.stream(arguments).skip(2).map(Path::of).toList())) {
      outcomes.forEach(System.out::println);
    }
  }
}
