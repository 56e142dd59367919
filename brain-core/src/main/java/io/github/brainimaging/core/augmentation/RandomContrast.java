package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.random.RandomGenerator;

/**
 * Stretches the gray values around their mean by one factor, drawn uniformly: {@code mean + factor
 * * (p - mean)} (P3).
 *
 * <p>Results are limited to the smallest and the largest sample of the input, so that black stays
 * black (nnU-Net's {@code preserve_range}). The mean is that of all channels together.
 */
final class RandomContrast implements Augmentation {

  private final Range factor;

  private RandomContrast(Range factor) {
    this.factor = factor;
  }

  static RandomContrast withDefaults() {
    return ofFactor(0.8, 1.2);
  }

  static RandomContrast ofFactor(double low, double high) {
    return new RandomContrast(new Range(low, high).requireNotNegative());
  }

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    float f = (float) factor.draw(random);
    float[] samples = image.samples();
    float mean = mean(samples);
    float[] range = image.range();
    for (int i = 0; i < samples.length; i++) {
      float stretched = mean + f * (samples[i] - mean);
      samples[i] = Math.min(Math.max(stretched, range[0]), range[1]);
    }
    return image.wrapSamples(samples);
  }

  private static float mean(float[] samples) {
    double sum = 0;
    int n = 0;
    for (float v : samples) {
      if (Float.isFinite(v)) {
        sum += v;
        n++;
      }
    }
    return (float) (sum / n);
  }

  /** All settings. */
  @Override
  public String toString() {
    return "RandomContrast[factor=" + factor + "]";
  }
}
