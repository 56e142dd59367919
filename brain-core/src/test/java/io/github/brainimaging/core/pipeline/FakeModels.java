package io.github.brainimaging.core.pipeline;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import java.util.Arrays;
import java.util.List;

/** Small stand-ins for models, with results that can be told in advance. */
public final class FakeModels {

  private FakeModels() {}

  /** Says "glioma" with the probability mean / 255 of the first channel, else "notumor". */
  public static final Classifier BRIGHTNESS =
      new Classifier() {
        @Override
        public List<String> labels() {
          return List.of("glioma", "notumor");
        }

        @Override
        public Prediction classify(MedicalImage image) {
          double glioma = mean(image) / 255;
          return Prediction.of(labels(), glioma, 1 - glioma);
        }
      };

  /** Finds what is above half of the range, which may be nothing. */
  public static final Segmenter ABOVE_HALF =
      image -> new Segmentation(Mask.above(image, 127), image.spacing());

  /** Both: a bright image is a tumor, and what is bright in it is where. */
  public static final BrainPipeline PIPELINE =
      BrainPipeline.builder()
          .classify(BRIGHTNESS)
          .segmentWhen(Prediction::isTumor, ABOVE_HALF)
          .build();

  /** The mean of the first channel. */
  public static double mean(MedicalImage image) {
    double sum = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        sum += image.get(x, y);
      }
    }
    return sum / image.width() / image.height();
  }

  /** An image of one value. */
  public static MedicalImage constant(int width, int height, float value) {
    float[] samples = new float[width * height];
    Arrays.fill(samples, value);
    return MedicalImage.ofGray(width, height, samples).withNominalMaximum(255);
  }
}
