package io.github.brainimaging.models.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelType;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Placement;
import io.github.brainimaging.models.testing.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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

  @Test
  void sidesReachTheirLimitsAndTheValuesFitOneBuffer() {
    assertThat(ModelInput.ofSize(16_384, 1).size()).isEqualTo(1 << 28);
    assertThat(ModelInput.ofSize(1, 3).size()).isEqualTo(3);
    assertThat(sized(1, 16_384).height()).isEqualTo(16_384);
    assertThatThrownBy(() -> sized(16_385, 1)).hasMessage("width must be 1 to 16384, got 16385");
    assertThatThrownBy(() -> sized(1, 16_385)).hasMessage("height must be 1 to 16384, got 16385");
    assertThatThrownBy(() -> sized(1, 0)).hasMessage("height must be 1 to 16384, got 0");
    assertThatThrownBy(() -> ModelInput.ofSize(16_384, 3))
        .hasMessageStartingWith("width x height x channels must be at most 536870911");
  }

  private static ModelInput sized(int width, int height) {
    return new ModelInput(
        width,
        height,
        1,
        Layout.NCHW,
        ModelInput.Fit.STRETCH,
        Interpolation.AREA,
        ModelInput.Normalization.UNIT);
  }

  @Test
  void imageNetsConstantsNeedThreeChannels() {
    assertThatThrownBy(
            () ->
                ModelInput.ofSize(8, 1).withNormalization(ModelInput.Normalization.IMAGENET_TORCH))
        .hasMessage("channels must be 3 for normalization IMAGENET_TORCH, got 1");
  }

  @Test
  void aSmallImageLiesInTheMiddleOfItsTileAndALargeOneGivesItsMiddle() {
    ModelInput input = ModelInput.ofSize(32, 1).withFit(ModelInput.Fit.TILES);
    Placement small = input.placement(MedicalImage.ofGray(20, 10, new float[200]));
    Placement large = input.placement(MedicalImage.ofGray(64, 48, new float[64 * 48]));

    assertThat(small.target()).isEqualTo(new BoundingBox(6, 11, 20, 10));
    assertThat(large.source()).isEqualTo(new BoundingBox(16, 8, 32, 32));
  }

  @Test
  void threeChannelsHoldTheGrayImageThreeTimes() {
    MedicalImage gray = MedicalImage.ofGray(2, 1, new float[] {5, 7});

    assertThat(ModelInput.ofSize(8, 3).withChannels(gray).samples())
        .containsExactlyInAnyOrder(5, 5, 5, 7, 7, 7);
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

  @Test
  void aPictureThatEndsFarBelowItsMaximumIsWarnedOfOnce() {
    ModelInput unit = ModelInput.ofSize(32, 1);
    MedicalImage full = ramp(31).withNominalMaximum(32767);
    MedicalImage dark = ramp(1).withNominalMaximum(32767);
    float[] found = new float[2];

    assertThat(Log.of(() -> unit.transform().apply(full))).isEmpty();
    assertThat(Log.of(() -> found[0] = unit.transform().apply(dark).get(31, 31)))
        .contains("WARN", "end at 1023.0, its format at 32767.0", "the range PERCENTILES");
    assertThat(Log.of(() -> found[1] = unit.transform().apply(dark).get(31, 31))).isEmpty();
    assertThat(found).containsOnly(1023 / 32767f);
    ModelInput percentiles = unit.withRange(ModelInput.Range.PERCENTILES);
    assertThat(percentiles.transform().apply(dark).get(31, 31)).isEqualTo(1);
  }

  /** Scanners write 12 bits, signed or not: the type says nothing of what is bright. */
  @ParameterizedTest
  @EnumSource(
      value = ModelInput.Normalization.class,
      names = {"BYTE", "UNIT", "SIGNED_UNIT"})
  void aNiftiImageOfSixteenBitIsSeenAlikeSignedOrNot(ModelInput.Normalization normalization)
      throws IOException {
    ModelInput input = ModelInput.ofSize(32, 1).withNormalization(normalization);
    float[] samples = ramp(1).samples();
    MedicalVolume slice = MedicalVolume.of(VolumeGrid.ofSize(32, 32, 1), samples);
    List<float[]> found = new ArrayList<>();
    for (VoxelType type : List.of(VoxelType.UINT16, VoxelType.INT16)) {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      NiftiWriter.withDefaults().withType(type).write(slice, file);
      MedicalImage image =
          MedicalImageReader.withDefaults().read(file.toByteArray(), type + ".nii");
      found.add(input.transform().apply(image).samples());
    }
    found.add(input.transform().apply(slice.slice(0)).samples());

    assertThat(found.get(0)).containsExactly(found.get(1)).containsExactly(found.get(2));
    assertThat(found.get(0)[1023])
        .isEqualTo(normalization == ModelInput.Normalization.BYTE ? 255 : 1);
  }

  /** Pillow 13: Image.resize(BILINEAR), then crop, with torchvision's int() and round(). */
  @ParameterizedTest
  @CsvSource({
    "RESIZE_CROP, 7, '160 144 86 83 145 156 124 117 109 138 131 102 118 126 125 140 111 104 133 125"
        + " 143 95 103 144 148 103 95 128 142 120 77 121 150 136 81 112 120 144 91 120 112 145 159"
        + " 137 90 124 119 150 98'",
    "CROP, 5, '102 133 115 115 136 112 114 130 114 125 130 118 112 128 116 147 129 119 113 127 132"
        + " 137 130 115 116'"
  })
  void cutsTheMiddleOutAsTorchvisionDoes(ModelInput.Fit fit, int size, String expected) {
    float[] samples = new float[16 * 12];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (37 * (i % 16) + 91 * (i / 16)) % 256;
    }
    MedicalImage image = MedicalImage.ofGray(16, 12, samples).withNominalMaximum(255);
    ModelInput input =
        ModelInput.ofSize(size, 1)
            .withFit(fit)
            .withInterpolation(Interpolation.PILLOW_BILINEAR)
            .withNormalization(ModelInput.Normalization.NONE);

    float[] found = input.transform().apply(image).samples();

    String[] words = expected.split(" ", -1);
    assertThat(found).hasSize(words.length);
    for (int i = 0; i < words.length; i++) {
      assertThat(found[i]).as("pixel %s", i).isEqualTo(Float.parseFloat(words[i]));
    }
    assertThat(input.placement(image).target()).isEqualTo(new BoundingBox(0, 0, size, size));
  }

  @Test
  void whatIsCroppedMustBeSquare() {
    assertThatThrownBy(() -> Preparation.TORCHVISION.input(64, 32, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width must be the height for fit RESIZE_CROP, got 64 x 32");
  }
}
