package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FeatureSheetTest {

  /** Of the panels: 16 x 7 = 112 each, 8 between them, 24 above and 16 for the label. */
  private static final int LEFT = 8;

  private static final int TOP = 24 + 16;
  private static final int STEP = 112 + 8;

  /** Three channels of 16 x 16: one constant, one that rises to the right, one a hundred of it. */
  private static Tensor features() {
    float[] values = new float[3 * 256];
    Arrays.fill(values, 0, 256, 5);
    for (int i = 0; i < 256; i++) {
      values[256 + i] = i % 16 / 100f;
      values[512 + i] = -(i % 16);
    }
    return Tensor.of(values, 3, 16, 16);
  }

  private static float gray(MedicalImage sheet, int panel, int column, int row) {
    int x = LEFT + panel * STEP + column * 7 + 3;
    int y = TOP + row * 7 + 3;
    return sheet.get(x, y);
  }

  @Test
  void eachChannelReachesFromBlackToWhiteByItself() {
    MedicalImage sheet = FeatureSheet.withDefaults().draw("layer", features());

    assertThat(sheet.channels()).isEqualTo(3);
    assertThat(gray(sheet, 1, 0, 9)).isZero();
    assertThat(gray(sheet, 1, 15, 9)).isEqualTo(255);
    assertThat(gray(sheet, 1, 6, 2)).isEqualTo(102);
  }

  @Test
  void aConstantChannelIsBlackAndToldByItsLabel() {
    MedicalImage constant =
        FeatureSheet.withDefaults().draw("", Tensor.of(new float[] {2, 2, 2, 2}, 1, 2, 2));
    MedicalImage varying =
        FeatureSheet.withDefaults().draw("", Tensor.of(new float[] {2, 2, 2, 3}, 1, 2, 2));

    assertThat(constant.get(LEFT + 56 + 20, TOP + 56 + 20)).isZero();
    assertThat(ink(constant, 24, TOP)).isPositive().isNotEqualTo(ink(varying, 24, TOP));
    assertThat(ink(constant, 0, 24)).isNotEqualTo(ink(varying, 0, 24));
  }

  /** How dark the rows from one to another are together. */
  private static double ink(MedicalImage sheet, int from, int to) {
    double ink = 0;
    for (int y = from; y < to; y++) {
      for (int x = 0; x < sheet.width(); x++) {
        ink += 255 - sheet.get(x, y);
      }
    }
    return ink;
  }

  @Test
  void theMostVaryingChannelComesFirstWhereFewAreAskedFor() {
    MedicalImage sheet = FeatureSheet.withDefaults().withMostVarying(1).draw("", features());

    assertThat(gray(sheet, 0, 0, 0)).isEqualTo(255);
    assertThat(gray(sheet, 0, 15, 0)).isZero();
    assertThat(gray(sheet, 1, 15, 0)).as("no second panel").isEqualTo(255);
  }

  @Test
  void whatIsNotFiniteIsBlackAndChangesNothingElse() {
    float[] values = {Float.NaN, 1, 2, Float.POSITIVE_INFINITY};
    MedicalImage sheet = FeatureSheet.withDefaults().draw("", Tensor.of(values, 1, 2, 2));

    assertThat(sheet.get(LEFT + 10, TOP + 10)).isZero();
    assertThat(sheet.get(LEFT + 100, TOP + 10)).isZero();
    assertThat(sheet.get(LEFT + 10, TOP + 100)).isEqualTo(255);
    assertThat(sheet.get(LEFT + 100, TOP + 100)).isZero();
    float[] none = {Float.NaN};
    assertThat(FeatureSheet.withDefaults().draw("", Tensor.of(none, 1, 1, 1)).get(40, 80)).isZero();
  }

  @Test
  void largeMapsAreShrunkAndManyStandInRows() {
    Tensor large = Tensor.of(new float[400 * 200], 1, 200, 400);
    MedicalImage one = FeatureSheet.withDefaults().draw("", large);
    assertThat(one.get(LEFT + 191, TOP + 95)).isZero();
    assertThat(one.get(LEFT + 192, TOP + 95)).isEqualTo(255);
    assertThat(one.get(LEFT + 191, TOP + 96)).isEqualTo(255);

    MedicalImage sheet = FeatureSheet.withDefaults().draw("", Tensor.of(new float[100], 100, 1, 1));
    assertThat(sheet.width()).isBetween(10 * STEP, 12 * STEP);
    assertThat(sheet.height()).isBetween(9 * STEP, 13 * STEP);
  }

  @Test
  void whatHasNoMapsIsRefused() {
    assertThatThrownBy(() -> FeatureSheet.withDefaults().draw("", Tensor.of(new float[4], 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("features must have the shape [channels, height, width], got [4]");
    assertThatThrownBy(() -> FeatureSheet.withDefaults().draw("", Tensor.of(new float[0], 0, 2, 2)))
        .hasMessageContaining("got [0, 2, 2]");
  }

  @Test
  void farFromZeroTheMostVaryingChannelStillComesFirst() {
    // The difference of squares as large has no digits left for the variance.
    float[] values = new float[3 * 256];
    for (int i = 0; i < 256; i++) {
      values[i] = 1e9f - i % 2 * 64;
      values[256 + i] = i % 2 * 80;
      values[512 + i] = -3e9f + i / 16 % 2 * 256;
    }
    MedicalImage sheet =
        FeatureSheet.withDefaults().withMostVarying(2).draw("", Tensor.of(values, 3, 16, 16));

    assertThat(gray(sheet, 0, 0, 1)).as("the last rises downwards").isEqualTo(255);
    assertThat(gray(sheet, 0, 1, 0)).isZero();
    assertThat(gray(sheet, 1, 1, 1)).as("then the one about 0").isEqualTo(255);
    assertThat(gray(sheet, 1, 0, 1)).isZero();
  }

  @Test
  void aSheetTooLargeIsRefusedAndTellsHowToTakeFewer() {
    Tensor many = Tensor.of(new float[2048 * 49], 2048, 7, 7);

    assertThatThrownBy(() -> FeatureSheet.withDefaults().draw("", many))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "features must be few enough for a sheet of 20000000 pixels, got 2048 channels, which"
                + " make one of 5888 x 5736; take fewer with withMostVarying");
    assertThat(FeatureSheet.withDefaults().withMostVarying(20).draw("", many).width())
        .isBetween(480, 1000);
  }
}
