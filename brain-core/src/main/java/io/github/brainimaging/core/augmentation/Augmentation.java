package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Described;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A random change of an image that leaves its meaning as it is, for training. All randomness comes
 * from the generator: the same image and the same generator state give the same result, bit for
 * bit, on one Java runtime.
 *
 * <p>The augmentations of this package take any number of channels and any unit of gray values, and
 * are meant to run before normalization. Size, channels, spacing, modality and nominal maximum
 * stay, and the input is never changed. Samples that are not finite are left out of ranges and
 * means.
 *
 * <p>Implementations are immutable and safe to share between threads; generators often are not, so
 * give each thread its own. Those of this package tell all their settings in {@link
 * #description()}, so that two can be compared from one run of a program to the next.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Augmentation {

  /**
   * Changes an image.
   *
   * @param image the input
   * @param random where all randomness comes from
   * @return the output, a new image or the input itself where nothing is to be done
   */
  MedicalImage apply(MedicalImage image, RandomGenerator random);

  /**
   * No change at all.
   *
   * @return the augmentation
   */
  static Augmentation none() {
    return Unchanged.INSTANCE;
  }

  /**
   * Mirrors the image left to right, top to bottom, or both (P1, P3), drawn independently.
   *
   * @param horizontal probability that left and right are exchanged, 0 to 1
   * @param vertical probability that top and bottom are exchanged, 0 to 1
   * @return the augmentation
   * @throws IllegalArgumentException if a probability is out of range
   */
  static Augmentation flip(double horizontal, double vertical) {
    return RandomFlip.of(horizontal, vertical);
  }

  /**
   * {@link #crop(double, double)} with its defaults: windows of 0.8 to 1 of the width and height.
   *
   * @return the augmentation
   */
  static Augmentation crop() {
    return RandomCrop.withDefaults();
  }

  /**
   * A window at a random place, enlarged linearly to the size of the image (P3).
   *
   * <p>The window has the same fraction, drawn uniformly, of the image's width and of its height,
   * rounded to whole pixels, at least 1.
   *
   * @param low smallest fraction of width and height, above 0
   * @param high largest fraction, low to 1
   * @return the augmentation
   * @throws IllegalArgumentException if a fraction is out of range
   */
  static Augmentation crop(double low, double high) {
    return RandomCrop.ofFraction(low, high);
  }

  /**
   * {@link #brightness(double, double)} with its defaults: factors from 0.8 to 1.2 (P5).
   *
   * @return the augmentation
   */
  static Augmentation brightness() {
    return RandomBrightness.withDefaults();
  }

  /**
   * Multiplies all gray values by one factor, drawn uniformly (P5: from 0.8 to 1.2).
   *
   * <p>Where the nominal maximum is known, larger results become the nominal maximum, as when 8-bit
   * images are brightened. Meant for values of which 0 is black; not for Hounsfield units or
   * z-scores.
   *
   * @param low smallest factor, 0 or more
   * @param high largest factor, low or more
   * @return the augmentation
   * @throws IllegalArgumentException if a factor is out of range
   */
  static Augmentation brightness(double low, double high) {
    return RandomBrightness.ofFactor(low, high);
  }

  /**
   * {@link #contrast(double, double)} with its defaults: factors from 0.8 to 1.2. P3 names no
   * range; this is P5's for brightness.
   *
   * @return the augmentation
   */
  static Augmentation contrast() {
    return RandomContrast.withDefaults();
  }

  /**
   * Stretches the gray values around their mean by one factor, drawn uniformly: {@code mean +
   * factor * (p - mean)} (P3).
   *
   * <p>Results are limited to the smallest and the largest sample of the input, so that black stays
   * black (nnU-Net's {@code preserve_range}). The mean is that of all channels together.
   *
   * @param low smallest factor, 0 or more; below 1 flattens
   * @param high largest factor, low or more
   * @return the augmentation
   * @throws IllegalArgumentException if a factor is out of range
   */
  static Augmentation contrast(double low, double high) {
    return RandomContrast.ofFactor(low, high);
  }

  /**
   * {@link #gamma(double, double)} with its defaults: exponents from 0.7 to 1.5, the range of
   * nnU-Net.
   *
   * @return the augmentation
   */
  static Augmentation gamma() {
    return RandomGamma.withDefaults();
  }

  /**
   * Bends the gray scale between the smallest and the largest sample, which stay where they are:
   * {@code min + (max - min) * ((p - min) / (max - min))^gamma}. Imitates other contrast settings.
   *
   * <p>The logarithm of gamma is drawn uniformly, so that 1/2 is as likely as 2. A constant image
   * stays as it is, and so do samples that are not finite.
   *
   * @param low smallest exponent, above 0; below 1 brightens
   * @param high largest exponent, low or more; above 1 darkens
   * @return the augmentation
   * @throws IllegalArgumentException if an exponent is out of range
   */
  static Augmentation gamma(double low, double high) {
    return RandomGamma.ofGamma(low, high);
  }

  /**
   * {@link #blur(double, double)} with its defaults: widths from 0 to 1 pixel, the upper half of
   * which nnU-Net uses too.
   *
   * @return the augmentation
   */
  static Augmentation blur() {
    return RandomBlur.withDefaults();
  }

  /**
   * Smooths with a Gaussian of a width drawn uniformly, as a scanner of lower resolution would.
   *
   * @param low smallest standard deviation in pixels, 0 or more
   * @param high largest, low to 1000
   * @return the augmentation
   * @throws IllegalArgumentException if a value is out of range
   */
  static Augmentation blur(double low, double high) {
    return RandomBlur.ofSigmaPixels(low, high);
  }

  /**
   * {@link #noise(double, double)} with its defaults: standard deviations from 0 to 0.05 of the
   * range.
   *
   * @return the augmentation
   */
  static Augmentation noise() {
    return GaussianNoise.withDefaults();
  }

  /**
   * Adds independent normal noise to every sample.
   *
   * <p>Its standard deviation is a fraction, drawn uniformly, of the image's range (largest minus
   * smallest sample), so that it means the same for 8-bit, 16-bit and float images; 0.02 is 5 of
   * 255 gray values. Results are not limited to the range. A constant image stays as it is.
   *
   * @param low smallest standard deviation as a fraction of the image's range, 0 or more
   * @param high largest, low or more
   * @return the augmentation
   * @throws IllegalArgumentException if a value is out of range
   */
  static Augmentation noise(double low, double high) {
    return GaussianNoise.ofSigma(low, high);
  }

  /**
   * Applies another augmentation to some images and leaves the others as they are.
   *
   * @param probability 0 (never) to 1 (always)
   * @param augmentation what to apply
   * @return the augmentation
   * @throws IllegalArgumentException if the probability is out of range
   */
  static Augmentation sometimes(double probability, Augmentation augmentation) {
    return Sometimes.of(probability, augmentation);
  }

  /**
   * This augmentation, then another.
   *
   * @param next what to apply to this augmentation's output
   * @return both as one augmentation
   */
  default Augmentation then(Augmentation next) {
    return new Both(this, next);
  }

  /**
   * The same with a name that stands for all it does: a lambda cannot describe itself.
   *
   * @param name the same in every run of a program, and another once the augmentation changes
   * @return an augmentation with this {@link #description()}
   */
  default Augmentation named(String name) {
    return new Named(name, this);
  }

  /**
   * All that it does, in words that are the same in every run of a program: an interrupted training
   * goes on only with the augmentation that it began with.
   *
   * @return by default what {@link Object#toString} gives, if its class has one of its own; nothing
   *     for a lambda without a {@link #named name}, or whatever is made of one
   */
  default Optional<String> description() {
    return Described.by(this);
  }
}
