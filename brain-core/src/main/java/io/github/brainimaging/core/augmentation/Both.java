package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One augmentation, then another. */
record Both(Augmentation first, Augmentation second) implements Augmentation {

  Both {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
  }

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    return second.apply(first.apply(image, random), random);
  }

  @Override
  public Optional<String> description() {
    return first.description().flatMap(a -> second.description().map(b -> a + ", " + b));
  }

  @Override
  public String toString() {
    return first + ", " + second;
  }
}
