package io.github.brainimaging.core.transform.intensity;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.Transform;

/**
 * Divides all gray values by one number: {@code p / 255} for 8-bit images (P1, P5).
 *
 * <p>The nominal maximum, where known, is divided too. Size, channels, spacing and modality stay.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Rescale implements Transform {

  private static final Rescale TO_UNIT = new Rescale(Float.NaN);

  /** NaN: the image's nominal maximum. */
  private final float divisor;

  private Rescale(float divisor) {
    this.divisor = divisor;
  }

  /**
   * Divides by the image's nominal maximum, 255 for 8 bit and 65535 for 16 bit, so that what the
   * format can hold becomes 0 to 1. {@link #apply} throws if the image has none.
   *
   * @return the transform
   */
  public static Rescale toUnit() {
    return TO_UNIT;
  }

  /**
   * Divides by a given number.
   *
   * @param divisor positive and finite
   * @return the transform
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public static Rescale ofDivisor(float divisor) {
    Arguments.requirePositive("divisor", divisor);
    return new Rescale(divisor);
  }

  /**
   * Divides the gray values.
   *
   * @param image the image
   * @return the image with divided values
   * @throws IllegalArgumentException if the divisor is the nominal maximum and the image has none
   */
  @Override
  public MedicalImage apply(MedicalImage image) {
    float by = Float.isNaN(divisor) ? image.nominalMaximum() : divisor;
    Arguments.require(
        by > 0,
        "image must have a nominal maximum for Rescale.toUnit(), got %s;"
            + " use MinMax.toUnit() or Rescale.ofDivisor(float)",
        by);
    float[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] /= by;
    }
    return image.wrapSamples(samples).withNominalMaximum(image.nominalMaximum() / by);
  }

  @Override
  public String toString() {
    return Float.isNaN(divisor) ? "Rescale[to unit]" : "Rescale[divisor=" + divisor + "]";
  }
}
