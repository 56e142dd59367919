package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import java.util.random.RandomGenerator;

/**
 * Makes one side of the head brighter than the other, smoothly, as the coils of a scanner do: the
 * distance of a sample from the smallest one is multiplied by {@code exp(field)}.
 *
 * <p>The field is a polynomial of second degree in row and column, each from -1 to 1 across the
 * image; its five coefficients are drawn uniformly between plus and minus the strength. The result
 * is scaled so that the largest sample is what it was, so that the range stays; channels share the
 * field. Samples that are not finite stay as they are.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class RandomBiasField implements Augmentation {

  private final Range coefficient;

  private RandomBiasField(Range coefficient) {
    this.coefficient = coefficient;
  }

  /**
   * Coefficients up to 0.3: the gain at opposite edges differs by a factor of up to 1.8 along one
   * axis.
   *
   * @return the augmentation
   */
  public static RandomBiasField withDefaults() {
    return ofStrength(0.3);
  }

  /**
   * Coefficients up to a value.
   *
   * @param largest largest coefficient of the field, 0 to 10
   * @return the augmentation
   * @throws IllegalArgumentException if it is out of range
   */
  public static RandomBiasField ofStrength(double largest) {
    Arguments.require(largest >= 0 && largest <= 10, "largest must be 0 to 10, got %s", largest);
    return new RandomBiasField(Range.around0("largest", largest));
  }

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    double[] c = new double[5];
    for (int i = 0; i < c.length; i++) {
      c[i] = coefficient.draw(random);
    }
    double min = image.range()[0];
    double width = image.range()[1] - min;
    float[] samples = image.samples();
    int pixels = image.width() * image.height();
    double[] biased = new double[samples.length];
    double largest = 0;
    for (int i = 0; i < samples.length; i++) {
      int pixel = i % pixels;
      double x = place(pixel % image.width(), image.width());
      double y = place(pixel / image.width(), image.height());
      double field = c[0] * x + c[1] * y + c[2] * x * x + c[3] * x * y + c[4] * y * y;
      biased[i] = (samples[i] - min) * StrictMath.exp(field);
      if (Float.isFinite(samples[i])) {
        largest = Math.max(largest, biased[i]);
      }
    }
    if (!(largest > 0)) {
      return image;
    }
    for (int i = 0; i < samples.length; i++) {
      if (Float.isFinite(samples[i])) {
        samples[i] = (float) (min + biased[i] / largest * width);
      }
    }
    return image.wrapSamples(samples);
  }

  private static double place(int index, int size) {
    return size == 1 ? 0 : 2.0 * index / (size - 1) - 1;
  }

  /** All settings. */
  @Override
  public String toString() {
    return "RandomBiasField[coefficient=" + coefficient + "]";
  }
}
