package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.intensity.GaussianSmoothing;
import java.util.random.RandomGenerator;

/**
 * Smooths with a Gaussian of a width drawn uniformly, as a scanner of lower resolution would.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class RandomBlur implements Augmentation {

  private final Range sigmaPixels;

  private RandomBlur(Range sigmaPixels) {
    this.sigmaPixels = sigmaPixels;
  }

  /**
   * Widths from 0 to 1 pixel, the upper half of which nnU-Net uses too.
   *
   * @return the augmentation
   */
  public static RandomBlur withDefaults() {
    return ofSigmaPixels(0, 1);
  }

  /**
   * Widths from a range.
   *
   * @param low smallest standard deviation in pixels, 0 or more
   * @param high largest, low to 1000
   * @return the augmentation
   * @throws IllegalArgumentException if a value is out of range
   */
  public static RandomBlur ofSigmaPixels(double low, double high) {
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
