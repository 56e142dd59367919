package io.github.brainimaging.core.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import org.junit.jupiter.api.Test;

class TransformTest {

  @Test
  void appliesOneAfterTheOther() {
    Transform addOne = image -> image.withSamples(new float[] {image.get(0, 0) + 1});
    Transform twice = image -> image.withSamples(new float[] {image.get(0, 0) * 2});
    MedicalImage three = MedicalImage.ofGray(1, 1, new float[] {3});

    assertThat(addOne.then(twice).apply(three).get(0, 0)).isEqualTo(8);
    assertThat(twice.then(addOne).apply(three).get(0, 0)).isEqualTo(7);
  }
}
