package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.SecondOpinion;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import io.github.brainimaging.models.onnx.PresenceClassifier;
import java.io.IOException;
import java.nio.file.Path;

/** Classifies an image and, if it shows a tumor, segments it and saves the mask. */
public final class FullPipeline {

  private FullPipeline() {}

  /**
   * Prints what was found.
   *
   * @param arguments the image file, and the PNG file to write the mask to
   * @throws IOException if the image cannot be read or the mask cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      System.err.println("usage: FullPipeline IMAGE MASK.png");
      return;
    }
    try (OnnxClassifier classifier = OnnxClassifier.embedded();
        PresenceClassifier second = PresenceClassifier.embedded();
        OnnxSegmenter segmenter = OnnxSegmenter.embedded()) {
      BrainPipeline pipeline =
          BrainPipeline.builder()
              .classify(SecondOpinion.of(classifier, second))
              .segmentWhen(Prediction::isTumor, segmenter)
              .build();

      Analysis analysis = pipeline.analyze(Path.of(arguments[0]));

      System.out.println(analysis.assessment()); // in-domain, or why the model should not be asked
      analysis.prediction().ifPresent(System.out::println);
      if (analysis.segmentation().isPresent()) {
        Segmentation tumor = analysis.segmentation().get();
        System.out.printf("%d pixels, box %s%n", tumor.areaPixels(), tumor.boundingBox());
        PngImageWriter.write(tumor.mask(), Path.of(arguments[1]));
      }
      System.out.println(analysis.milliseconds());
    }
  }
}
