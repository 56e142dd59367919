package io.github.brainimaging.models.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
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

  @Test
  void tilesOverlapByHalfAndReachTheBorders() {
    ModelInput input = ModelInput.ofSize(32, 1).withFit(ModelInput.Fit.TILES);
    MedicalImage image = MedicalImage.ofGray(64, 48, new float[64 * 48]);

    assertThat(input.tiles(image))
        .extracting(tile -> tile.source().x() + "," + tile.source().y())
        .containsExactly("0,0", "16,0", "32,0", "0,16", "16,16", "32,16");
  }

  @Test
  void resamplesByItsInterpolation() {
    MedicalImage row = MedicalImage.ofGray(4, 1, new float[] {0, 8, 2, 4});
    ModelInput input =
        new ModelInput(
            2,
            1,
            1,
            Layout.NCHW,
            ModelInput.Fit.STRETCH,
            Interpolation.AREA,
            ModelInput.Normalization.NONE);

    assertThat(input.transform().apply(row).samples()).containsExactly(4, 3);
    assertThat(input.withInterpolation(Interpolation.NEAREST).transform().apply(row).samples())
        .containsExactly(8, 4);
  }

  @Test
  void hasTheAxesOfItsLayout() {
    ModelInput input = ModelInput.ofSize(8, 3);

    assertThat(input.shape(2)).containsExactly(2, 3, 8, 8);
    assertThat(input.withLayout(Layout.NHWC).shape(2)).containsExactly(2, 8, 8, 3);
  }

  private static MedicalImage ramp(float step) {
    float[] samples = new float[32 * 32];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = step * i;
    }
    return MedicalImage.ofGray(32, 32, samples);
  }

  @Test
  void anImageWithoutAMaximumGetsARangeFromItsPercentiles() {
    ModelInput unit = ModelInput.ofSize(32, 1);
    float[] found = unit.transform().apply(ramp(3)).samples();

    assertThat(found[0]).isZero();
    assertThat(found[1023]).isEqualTo(1);
    assertThat(found[512]).isCloseTo(0.5f, within(0.01f));
    assertThat(unit.transform().apply(ramp(7)).samples()).containsExactly(found, within(1e-5f));
    assertThatThrownBy(() -> unit.withRange(ModelInput.Range.NOMINAL).transform().apply(ramp(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nominal maximum");
  }

  @Test
  void aMedicalFileOfTwelveBitIsSeenThroughItsWindow() {
    MedicalImage dark =
        ramp(1).withModality(Modality.CT).withNominalMaximum(4095).withDisplayRange(100, 600);
    ModelInput unit = ModelInput.ofSize(32, 1);

    float[] found = unit.transform().apply(dark).samples();
    assertThat(found[100]).isZero();
    assertThat(found[350]).isCloseTo(0.5f, within(1e-6f));
    assertThat(found[700]).isEqualTo(1);
    float[] nominal = unit.withRange(ModelInput.Range.NOMINAL).transform().apply(dark).samples();
    assertThat(nominal[1000]).isCloseTo(1000 / 4095f, within(1e-6f));
  }

  @Test
  void aPictureOfEightOrSixteenBitKeepsItsOwnMaximum() {
    MedicalImage picture = ramp(1).withNominalMaximum(65535);

    float[] found = ModelInput.ofSize(32, 1).transform().apply(picture).samples();
    assertThat(found[1000]).isCloseTo(1000 / 65535f, within(1e-7f));
  }
}
