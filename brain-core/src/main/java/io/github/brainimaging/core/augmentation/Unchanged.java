package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.random.RandomGenerator;

/** {@link Augmentation#none()}. */
enum Unchanged implements Augmentation {
  INSTANCE;

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    return image;
  }

  @Override
  public String toString() {
    return "none";
  }
}
