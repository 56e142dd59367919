package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.evaluation.segmentation.SegmentationEvaluation;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.segmentation.tumor.TumorSegmenter;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Segments an image that is known to show a tumor, by classical image processing; {@code
 * OnnxSegmenter.embedded()} in its place asks a network. Both are a {@code Segmenter}.
 */
public final class SegmentImage {

  private static final float HALF = 127;

  private SegmentImage() {}

  /**
   * Writes the mask, and prints how well it fits a true one.
   *
   * @param arguments the image, the PNG file to write the mask to and, if there is one, the true
   *     mask
   * @throws IOException if an image cannot be read or the mask cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      System.err.println("usage: SegmentImage IMAGE MASK.png [TRUTH.png]");
      return;
    }
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    MedicalImage image = reader.read(Path.of(arguments[0]));

    Segmentation found = TumorSegmenter.ofMinimumScore(0).segment(image);

    System.out.printf("%d pixels, box %s%n", found.areaPixels(), found.boundingBox());
    PngImageWriter.write(found.mask(), Path.of(arguments[1]));
    if (arguments.length > 2) {
      Mask truth = Mask.above(reader.read(Path.of(arguments[2])), HALF);
      System.out.println(SegmentationEvaluation.ofTruth(truth).against(found.mask()));
    }
  }
}
