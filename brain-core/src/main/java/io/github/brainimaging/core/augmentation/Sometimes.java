package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Applies another augmentation to some images and leaves the others as they are. */
final class Sometimes implements Augmentation {

  private final double probability;
  private final Augmentation augmentation;

  private Sometimes(double probability, Augmentation augmentation) {
    this.probability = probability;
    this.augmentation = augmentation;
  }

  static Sometimes of(double probability, Augmentation augmentation) {
    Arguments.requireShare("probability", probability);
    return new Sometimes(probability, Objects.requireNonNull(augmentation, "augmentation"));
  }

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    return random.nextDouble() < probability ? augmentation.apply(image, random) : image;
  }

  @Override
  public Optional<String> description() {
    return augmentation.description().isEmpty() ? Optional.empty() : Optional.of(toString());
  }

  /** All settings. */
  @Override
  public String toString() {
    return "Sometimes[probability=" + probability + ", augmentation=" + augmentation + "]";
  }
}
