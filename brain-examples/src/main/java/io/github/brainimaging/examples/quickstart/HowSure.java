package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.MaskUncertainty;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Uncertainty;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.uncertainty.TestTimeAugmentation;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import java.io.IOException;
import java.nio.file.Path;

/** Asks about changed copies of an image as well, and tells how much the answers disagree. */
public final class HowSure {

  private HowSure() {}

  /**
   * Prints the mean answer and its spread.
   *
   * @param arguments the image file
   * @throws IOException if it cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 1) {
      System.err.println("usage: HowSure IMAGE");
      return;
    }
    MedicalImage image = MedicalImageReader.withDefaults().read(Path.of(arguments[0]));
    TestTimeAugmentation copies = TestTimeAugmentation.withDefaults();
    try (OnnxClassifier classifier = OnnxClassifier.embedded();
        OnnxSegmenter segmenter = OnnxSegmenter.embedded()) {
      Prediction said = copies.around(classifier).classify(image);
      Uncertainty spread = said.uncertainty().orElseThrow();
      System.out.printf(
          "%s %.3f, nine tenths of %d answers between %.3f and %.3f%n",
          said.label(), said.probability(), spread.runs(), spread.low(), spread.high());

      Segmentation found = copies.around(segmenter).segment(image);
      MaskUncertainty area = found.uncertainty().orElseThrow();
      System.out.printf(
          "%d pixels, nine tenths of the masks between %.0f and %.0f%n",
          found.areaPixels(), area.low(), area.high());
    }
  }
}
