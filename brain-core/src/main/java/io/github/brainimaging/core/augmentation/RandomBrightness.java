package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.random.RandomGenerator;

/**
 * Multiplies all gray values by one factor, drawn uniformly (P5: from 0.8 to 1.2).
 *
 * <p>Where the nominal maximum is known, larger results become the nominal maximum, as when 8-bit
 * images are brightened. Meant for values of which 0 is black; not for Hounsfield units or
 * z-scores.
 */
final class RandomBrightness implements Augmentation {

  private final Range factor;

  private RandomBrightness(Range factor) {
    this.factor = factor;
  }

  static RandomBrightness withDefaults() {
    return ofFactor(0.8, 1.2);
  }

  static RandomBrightness ofFactor(double low, double high) {
    return new RandomBrightness(new Range(low, high).requireNotNegative());
  }

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    float f = (float) factor.draw(random);
    float limit =
        Float.isNaN(image.nominalMaximum()) ? Float.POSITIVE_INFINITY : image.nominalMaximum();
    float[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Math.min(f * samples[i], limit);
    }
    return image.wrapSamples(samples);
  }

  /** All settings. */
  @Override
  public String toString() {
    return "RandomBrightness[factor=" + factor + "]";
  }
}
