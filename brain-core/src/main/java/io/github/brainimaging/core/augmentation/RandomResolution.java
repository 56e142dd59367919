package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Resize;
import java.util.random.RandomGenerator;

/**
 * Takes detail away, as a scan with fewer and larger pixels would that was enlarged afterwards: the
 * image is averaged down by a factor drawn for its columns and one for its rows, and brought back
 * bilinearly. Shapes stay where they are.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class RandomResolution implements Augmentation {

  private final Range factor;

  private RandomResolution(Range factor) {
    this.factor = factor;
  }

  /**
   * Pixels of 1 to 3 times the size.
   *
   * @return the augmentation
   */
  public static RandomResolution withDefaults() {
    return ofFactor(1, 3);
  }

  /**
   * Factors from a range.
   *
   * @param low smallest size of a pixel, 1 (as it is) or more
   * @param high largest size, low or more
   * @return the augmentation
   * @throws IllegalArgumentException if a factor is out of range
   */
  public static RandomResolution ofFactor(double low, double high) {
    Arguments.require(low >= 1, "low must be at least 1, got %s", low);
    return new RandomResolution(new Range(low, high));
  }

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    int width = fewer(image.width(), factor.draw(random));
    int height = fewer(image.height(), factor.draw(random));
    if (width == image.width() && height == image.height()) {
      return image;
    }
    MedicalImage small =
        Resize.to(width, height).withInterpolation(Interpolation.AREA).apply(image);
    MedicalImage back =
        Resize.to(image.width(), image.height())
            .withInterpolation(Interpolation.BILINEAR)
            .apply(small);
    return image.wrapSamples(back.samples());
  }

  private static int fewer(int pixels, double times) {
    return Math.max(1, (int) Math.round(pixels / times));
  }

  /** All settings. */
  @Override
  public String toString() {
    return "RandomResolution[factor=" + factor + "]";
  }
}
