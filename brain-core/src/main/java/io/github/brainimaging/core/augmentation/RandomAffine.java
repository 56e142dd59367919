package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.grid.PlaneSampler;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import java.util.random.RandomGenerator;

/**
 * Rotates, scales (zooms), shears and shifts the picture about its center, with one bilinear
 * resampling for all four (P1, P2, P4).
 *
 * <p>Each amount is drawn uniformly from its range. A point is first sheared, then scaled, then
 * rotated, then shifted; in pixels, so the image is taken to have square pixels. What comes from
 * outside of the image has the fill value, which is the smallest sample of the image unless {@link
 * #withFill} gives another; within one pixel of the border the two are blended. The papers name the
 * kinds of change but only one amount, P4's shift by up to 25 of 256 pixels; the other defaults are
 * moderate ones.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class RandomAffine implements Augmentation {

  private final Range rotationDegrees;
  private final Range scale;
  private final Range translation;
  private final Range shearDegrees;
  private final float fill;

  private RandomAffine(
      Range rotationDegrees, Range scale, Range translation, Range shearDegrees, float fill) {
    this.rotationDegrees = rotationDegrees;
    this.scale = scale;
    this.translation = translation;
    this.shearDegrees = shearDegrees;
    this.fill = fill;
  }

  /**
   * Rotation by up to 10 degrees, scale 0.9 to 1.1, shift by up to 0.1 of the size, shear by up to
   * 5 degrees.
   *
   * @return the augmentation
   */
  public static RandomAffine withDefaults() {
    return identity()
        .withRotationDegrees(10)
        .withScale(0.9, 1.1)
        .withTranslation(0.1)
        .withShearDegrees(5);
  }

  /**
   * No change at all: where to start when only some kinds are wanted, as in {@code
   * RandomAffine.identity().withRotationDegrees(15)}.
   *
   * @return the augmentation
   */
  public static RandomAffine identity() {
    Range none = new Range(0, 0);
    return new RandomAffine(none, new Range(1, 1), none, none, Float.NaN);
  }

  /**
   * The same with another rotation.
   *
   * @param largest largest angle in degrees in either direction, 0 or more
   * @return a new augmentation
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public RandomAffine withRotationDegrees(double largest) {
    Range range = Range.around0("rotationDegrees", largest);
    return new RandomAffine(range, scale, translation, shearDegrees, fill);
  }

  /**
   * The same with another scale (zoom), equal on both axes.
   *
   * @param low smallest factor, above 0; below 1 makes the picture smaller
   * @param high largest factor, low or more
   * @return a new augmentation
   * @throws IllegalArgumentException if a factor is out of range
   */
  public RandomAffine withScale(double low, double high) {
    Range range = new Range(low, high).requirePositive();
    return new RandomAffine(rotationDegrees, range, translation, shearDegrees, fill);
  }

  /**
   * The same with another shift, drawn separately for x and y.
   *
   * @param largest largest shift in either direction, as a fraction of the width (x) and of the
   *     height (y), 0 or more
   * @return a new augmentation
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public RandomAffine withTranslation(double largest) {
    Range range = Range.around0("translation", largest);
    return new RandomAffine(rotationDegrees, scale, range, shearDegrees, fill);
  }

  /**
   * The same with another shear along x: vertical lines lean by this angle.
   *
   * @param largest largest angle in degrees in either direction, 0 to below 90
   * @return a new augmentation
   * @throws IllegalArgumentException if it is out of range
   */
  public RandomAffine withShearDegrees(double largest) {
    Arguments.require(
        largest >= 0 && largest < 90, "shearDegrees must be 0 to below 90, got %s", largest);
    Range range = Range.around0("shearDegrees", largest);
    return new RandomAffine(rotationDegrees, scale, translation, range, fill);
  }

  /**
   * The same with a fixed value for what comes from outside of the image.
   *
   * @param newFill finite; by default the smallest sample of each image
   * @return a new augmentation
   * @throws IllegalArgumentException if it is not finite
   */
  public RandomAffine withFill(float newFill) {
    Arguments.requireFinite("fill", newFill);
    return new RandomAffine(rotationDegrees, scale, translation, shearDegrees, newFill);
  }

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    double angle = Math.toRadians(rotationDegrees.draw(random));
    double factor = scale.draw(random);
    double shiftX = translation.draw(random) * image.width();
    double shiftY = translation.draw(random) * image.height();
    double shear = StrictMath.tan(Math.toRadians(shearDegrees.draw(random)));
    float outside = Float.isNaN(fill) ? image.range()[0] : fill;

    // The inverse: from the place in the output back to the place in the input.
    double cos = StrictMath.cos(angle) / factor;
    double sin = StrictMath.sin(angle) / factor;
    double xx = cos + shear * sin;
    double xy = sin - shear * cos;
    double yx = -sin;
    double yy = cos;
    double centerX = (image.width() - 1) / 2.0;
    double centerY = (image.height() - 1) / 2.0;
    double x0 = centerX - xx * (centerX + shiftX) - xy * (centerY + shiftY);
    double y0 = centerY - yx * (centerX + shiftX) - yy * (centerY + shiftY);

    return PlaneSampler.of(image, outside).affine(xx, xy, x0, yx, yy, y0);
  }

  /** All settings. */
  @Override
  public String toString() {
    return "RandomAffine[rotationDegrees="
        + rotationDegrees
        + ", scale="
        + scale
        + ", translation="
        + translation
        + ", shearDegrees="
        + shearDegrees
        + ", fill="
        + fill
        + "]";
  }
}
