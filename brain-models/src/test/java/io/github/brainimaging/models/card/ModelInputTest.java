package io.github.brainimaging.models.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelInputTest {

  /** A bright disk on black, 60 x 30: it has to be padded to become square. */
  private static MedicalImage disk(float scale, float offset) {
    float[] samples = new float[60 * 30];
    for (int i = 0; i < samples.length; i++) {
      double radius = Math.hypot((i % 60 - 30) / 2.0, i / 60 - 15);
      samples[i] = scale * (float) Math.max(0, 200 - 15 * radius) + offset;
    }
    return MedicalImage.ofGray(60, 30, samples);
  }

  @ParameterizedTest
  @CsvSource({
    "PAD, MIN_MAX", "PAD, Z_SCORE", "PAD, Z_SCORE_FOREGROUND", "PAD, ROBUST",
    "FOREGROUND, MIN_MAX", "FOREGROUND, Z_SCORE", "FOREGROUND, Z_SCORE_FOREGROUND",
        "FOREGROUND, ROBUST"
  })
  void hounsfieldUnitsGiveTheInputOfTheSamePictureFromZero(
      ModelInput.Fit fit, ModelInput.Normalization normalization) {
    ModelInput input = ModelInput.ofSize(32, 1).withFit(fit).withNormalization(normalization);
    float[] expected = input.transform().apply(disk(1, 0)).samples();
    assertThat(input.transform().apply(disk(4, -1000)).samples())
        .containsExactly(expected, within(1e-4f));
    assertThat(input.transform().apply(disk(257, 0)).samples())
        .containsExactly(expected, within(1e-4f));
  }

  @Test
  void padsWithZeroWhereTheUnitIsKept() {
    ModelInput input =
        ModelInput.ofSize(32, 1)
            .withFit(ModelInput.Fit.PAD)
            .withNormalization(ModelInput.Normalization.NONE);
    assertThat(input.transform().apply(disk(4, -1000)).get(0, 0)).isZero();
  }
}
