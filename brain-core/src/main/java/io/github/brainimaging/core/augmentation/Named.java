package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** {@link Augmentation#named}. */
record Named(String name, Augmentation augmentation) implements Augmentation {

  Named {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(augmentation, "augmentation");
  }

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    return augmentation.apply(image, random);
  }

  @Override
  public String toString() {
    return name;
  }
}
