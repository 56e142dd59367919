package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.random.RandomGenerator;

/**
 * Bends the gray scale between the smallest and the largest sample, which stay where they are:
 * {@code min + (max - min) * ((p - min) / (max - min))^gamma}. Imitates other contrast settings.
 *
 * <p>The logarithm of gamma is drawn uniformly, so that 1/2 is as likely as 2. A constant image
 * stays as it is, and so do samples that are not finite.
 */
final class RandomGamma implements Augmentation {

  private final Range logGamma;

  private RandomGamma(Range logGamma) {
    this.logGamma = logGamma;
  }

  static RandomGamma withDefaults() {
    return ofGamma(0.7, 1.5);
  }

  static RandomGamma ofGamma(double low, double high) {
    Range gamma = new Range(low, high).requirePositive();
    return new RandomGamma(new Range(StrictMath.log(gamma.low()), StrictMath.log(gamma.high())));
  }

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    double gamma = StrictMath.exp(logGamma.draw(random));
    float[] range = image.range();
    double min = range[0];
    double width = range[1] - min;
    if (!(width > 0)) {
      return image;
    }
    float[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      if (Float.isFinite(samples[i])) {
        samples[i] = (float) (min + width * Math.pow((samples[i] - min) / width, gamma));
      }
    }
    return image.wrapSamples(samples);
  }

  /** All settings. */
  @Override
  public String toString() {
    return "RandomGamma[logGamma=" + logGamma + "]";
  }
}
