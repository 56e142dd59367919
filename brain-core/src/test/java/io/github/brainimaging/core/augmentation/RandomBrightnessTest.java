package io.github.brainimaging.core.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomBrightnessTest extends AugmentationContract {

  private static final MedicalImage IMAGE = MedicalImage.ofGray(2, 1, new float[] {100, 240});

  @Override
  Augmentation augmentation() {
    return Augmentation.brightness();
  }

  @Test
  void drawsFactorsFrom80To120PercentByDefault() {
    assertThat(brightened(IMAGE, 0)).containsExactly(new float[] {80, 192}, within(1e-4f));
    assertThat(brightened(IMAGE, 0.5)).containsExactly(new float[] {100, 240}, within(1e-4f));
    assertThat(brightened(IMAGE, 1)).containsExactly(new float[] {120, 288}, within(1e-4f));
  }

  @Test
  void staysBelowAKnownNominalMaximum() {
    float[] brightened = brightened(IMAGE.withNominalMaximum(255), 1);

    assertThat(brightened[0]).isCloseTo(120, within(1e-4f));
    assertThat(brightened[1]).isEqualTo(255);
  }

  @ParameterizedTest
  @CsvSource({"-0.1,1", "2,1", "NaN,1", "1,Infinity"})
  void rejectsFactorsOutOfRange(double low, double high) {
    assertThatThrownBy(() -> Augmentation.brightness(low, high))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] brightened(MedicalImage image, double fraction) {
    return Augmentation.brightness().apply(image, new FixedGenerator(fraction)).samples();
  }
}
