package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.explanation.Explainer;
import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.explanation.Occlusion;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.report.Overlay;
import io.github.brainimaging.models.onnx.ClassActivation;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.io.IOException;
import java.nio.file.Path;

/** Shows where in an image an ONNX network of one's own, with a model card, sees its class. */
public final class ExplainOwnModel {

  private ExplainOwnModel() {}

  /**
   * Prints what was found.
   *
   * @param arguments the .onnx file (its card beside it as .json, or inside), the image file, and
   *     the PNG file to write the heat map to
   * @throws IOException if the image cannot be read or the heat map cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      System.err.println("usage: ExplainOwnModel MODEL.onnx IMAGE HEAT.png");
      return;
    }
    ModelSource model = ModelSource.ofPath(Path.of(arguments[0]));
    MedicalImage image = MedicalImageReader.withDefaults().read(Path.of(arguments[1]));
    try (OnnxClassifier classifier = OnnxClassifier.builder().model(model).build();
        ClassActivation maps = ClassActivation.open(model, classifier.card())) {
      // The class activation map alone is quick and coarse. Occlusion alone explains any
      // classifier.
      Explainer explainer = maps.and(Occlusion.of(classifier).withAnyChange());

      Explanation explanation = explainer.explain(image);

      System.out.println(classifier.classify(image));
      System.out.println(explanation.label() + " is seen in " + explanation.boxes(0.5));
      PngImageWriter.write(Overlay.heat(image, explanation), Path.of(arguments[2]));
    }
  }
}
