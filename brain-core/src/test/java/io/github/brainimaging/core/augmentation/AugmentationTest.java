package io.github.brainimaging.core.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.ImageAssertions;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest extends AugmentationContract {

  @Override
  Augmentation augmentation() {
    return RandomAffine.withDefaults()
        .then(RandomFlip.of(0.5, 0.5))
        .then(RandomCrop.withDefaults())
        .then(RandomGamma.withDefaults())
        .then(RandomContrast.withDefaults())
        .then(RandomBrightness.withDefaults())
        .then(Sometimes.of(0.3, RandomBlur.withDefaults()))
        .then(GaussianNoise.withDefaults());
  }

  @Test
  void drawsFromOneGeneratorInOrder() {
    MedicalImage image = ImageAssertions.random(5, 4, 1, new SplittableRandom(1));
    Augmentation first = RandomBrightness.ofFactor(1, 2);
    Augmentation second = GaussianNoise.withDefaults();
    SplittableRandom random = new SplittableRandom(9);

    MedicalImage expected = second.apply(first.apply(image, random), random);

    assertThat(first.then(second).apply(image, new SplittableRandom(9))).isEqualTo(expected);
  }
}
