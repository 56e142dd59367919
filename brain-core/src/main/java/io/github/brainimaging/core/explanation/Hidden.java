package io.github.brainimaging.core.explanation;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.ForegroundThreshold;
import io.github.brainimaging.core.transform.intensity.GaussianSmoothing;
import java.util.Arrays;

/**
 * What stands in the place of pixels that a classifier is not to see.
 *
 * @since 0.1.0
 */
public enum Hidden {
  /**
   * The image, smoothed by a Gaussian of 8 % of its longer side: takes away what a place holds and
   * leaves how bright its surroundings are, so that the head keeps its form.
   */
  BLURRED {
    @Override
    MedicalImage of(MedicalImage image) {
      return blurred(image);
    }
  },
  /** The mean of the head. */
  MEAN {
    @Override
    MedicalImage of(MedicalImage image) {
      float[] head = ForegroundThreshold.above(image);
      double sum = 0;
      for (float sample : head) {
        sum += sample;
      }
      return constant(image, head.length == 0 ? 0 : (float) (sum / head.length));
    }
  },
  /** The lowest value of the image, which is that of the background. */
  BACKGROUND {
    @Override
    MedicalImage of(MedicalImage image) {
      float lowest = image.range()[0];
      return constant(image, Float.isFinite(lowest) ? lowest : 0);
    }
  };

  private static final double SIGMA = 0.08;

  /** The image with every pixel hidden. */
  abstract MedicalImage of(MedicalImage image);

  static MedicalImage blurred(MedicalImage image) {
    double sigma = SIGMA * Math.max(image.width(), image.height());
    return GaussianSmoothing.ofSigmaPixels(sigma).apply(image);
  }

  private static MedicalImage constant(MedicalImage image, float value) {
    float[] samples = image.samples();
    Arrays.fill(samples, value);
    return image.wrapSamples(samples);
  }
}
