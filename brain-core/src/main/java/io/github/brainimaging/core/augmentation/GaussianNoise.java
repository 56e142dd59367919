package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.random.RandomGenerator;

/**
 * Adds independent normal noise to every sample.
 *
 * <p>Its standard deviation is a fraction, drawn uniformly, of the image's range (largest minus
 * smallest sample), so that it means the same for 8-bit, 16-bit and float images; 0.02 is 5 of 255
 * gray values. Results are not limited to the range. A constant image stays as it is.
 */
final class GaussianNoise implements Augmentation {

  private final Range sigma;

  private GaussianNoise(Range sigma) {
    this.sigma = sigma;
  }

  static GaussianNoise withDefaults() {
    return ofSigma(0, 0.05);
  }

  static GaussianNoise ofSigma(double low, double high) {
    return new GaussianNoise(new Range(low, high).requireNotNegative());
  }

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    float[] range = image.range();
    double deviation = sigma.draw(random) * ((double) range[1] - range[0]);
    if (!(deviation > 0)) {
      return image;
    }
    float[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] += (float) (deviation * random.nextGaussian());
    }
    return image.wrapSamples(samples);
  }

  /** All settings. */
  @Override
  public String toString() {
    return "GaussianNoise[sigma=" + sigma + "]";
  }
}
