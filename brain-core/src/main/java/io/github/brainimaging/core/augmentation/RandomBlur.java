package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.intensity.GaussianSmoothing;
import java.util.random.RandomGenerator;

/** Smooths with a Gaussian of a width drawn uniformly, as a scanner of lower resolution would. */
final class RandomBlur implements Augmentation {

  private final Range sigmaPixels;

  private RandomBlur(Range sigmaPixels) {
    this.sigmaPixels = sigmaPixels;
  }

  static RandomBlur withDefaults() {
    return ofSigmaPixels(0, 1);
  }

  static RandomBlur ofSigmaPixels(double low, double high) {
    Arguments.require(high <= 1000, "high must be at most 1000, got %s", high);
    return new RandomBlur(new Range(low, high).requireNotNegative());
  }

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    return GaussianSmoothing.ofSigmaPixels(sigmaPixels.draw(random)).apply(image);
  }

  /** All settings. */
  @Override
  public String toString() {
    return "RandomBlur[sigmaPixels=" + sigmaPixels + "]";
  }
}
