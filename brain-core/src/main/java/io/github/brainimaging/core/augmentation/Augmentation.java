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
