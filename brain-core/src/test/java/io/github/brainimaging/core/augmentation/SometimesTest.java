package io.github.brainimaging.core.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SometimesTest extends AugmentationContract {

  @Override
  Augmentation augmentation() {
    return Augmentation.sometimes(0.5, Augmentation.brightness());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25, 1})
  void appliesWithTheGivenProbability(double probability) {
    MedicalImage one = MedicalImage.ofGray(1, 1, new float[] {1});
    Augmentation twice = Augmentation.sometimes(probability, Augmentation.brightness(2, 2));
    SplittableRandom random = new SplittableRandom(3);
    int applied = 0;
    for (int i = 0; i < 4000; i++) {
      applied += twice.apply(one, random).get(0, 0) == 2 ? 1 : 0;
    }

    assertThat(applied / 4000.0).isBetween(probability - 0.03, probability + 0.03);
    assertThat(applied == 0).isEqualTo(probability == 0);
    assertThat(applied == 4000).isEqualTo(probability == 1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void rejectsAProbabilityOutOfRange(double probability) {
    Augmentation any = Augmentation.blur();

    assertThatThrownBy(() -> Augmentation.sometimes(probability, any))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("probability must be 0 to 1, got");
  }

  @Test
  void returnsTheInputItselfOtherwise() {
    MedicalImage one = MedicalImage.ofGray(1, 1, new float[] {1});

    assertThat(Augmentation.sometimes(0, Augmentation.blur()).apply(one, new SplittableRandom(1)))
        .isSameAs(one);
  }

  @Test
  void neverMeansNeverWhateverIsDrawn() {
    MedicalImage one = MedicalImage.ofGray(1, 1, new float[] {1});

    assertThat(
            Augmentation.sometimes(0, Augmentation.brightness(2, 2))
                .apply(one, new FixedGenerator(0)))
        .isSameAs(one);
  }
}
