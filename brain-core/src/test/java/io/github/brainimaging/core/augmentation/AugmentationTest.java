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
        .then(Augmentation.flip(0.5, 0.5))
        .then(Augmentation.crop())
        .then(Augmentation.gamma())
        .then(Augmentation.contrast())
        .then(Augmentation.brightness())
        .then(Augmentation.sometimes(0.3, Augmentation.blur()))
        .then(Augmentation.noise());
  }

  @Test
  void drawsFromOneGeneratorInOrder() {
    MedicalImage image = ImageAssertions.random(5, 4, 1, new SplittableRandom(1));
    Augmentation first = Augmentation.brightness(1, 2);
    Augmentation second = Augmentation.noise();
    SplittableRandom random = new SplittableRandom(9);

    MedicalImage expected = second.apply(first.apply(image, random), random);

    assertThat(first.then(second).apply(image, new SplittableRandom(9))).isEqualTo(expected);
  }

  @Test
  void tellsWhatItDoesUnlessALambdaWithoutANameIsInIt() {
    Augmentation flip = Augmentation.flip(0.5, 0.25);
    Augmentation lambda = (image, random) -> image;

    assertThat(flip.then(Augmentation.sometimes(0.5, Augmentation.flip(1, 0))).description())
        .hasValue(
            "RandomFlip[horizontal=0.5, vertical=0.25], Sometimes[probability=0.5,"
                + " augmentation=RandomFlip[horizontal=1.0, vertical=0.0]]");
    assertThat(lambda.description()).isEmpty();
    assertThat(flip.then(lambda).description()).isEmpty();
    assertThat(lambda.then(flip).description()).isEmpty();
    assertThat(Augmentation.sometimes(0.5, lambda).description()).isEmpty();
    assertThat(Augmentation.sometimes(0.5, lambda.named("mine")).then(flip).description())
        .hasValue(
            "Sometimes[probability=0.5, augmentation=mine],"
                + " RandomFlip[horizontal=0.5, vertical=0.25]");
  }

  @Test
  void noneLeavesTheImageAndSaysSo() {
    MedicalImage image = ImageAssertions.random(5, 4, 1, new SplittableRandom(1));

    assertThat(Augmentation.none().apply(image, new SplittableRandom(1))).isSameAs(image);
    assertThat(Augmentation.none()).hasToString("none");
    assertThat(Augmentation.none().description()).hasValue(Augmentation.none().toString());
  }
}
