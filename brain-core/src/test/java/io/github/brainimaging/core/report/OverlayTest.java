package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlayTest {

  private static final int OUTLINE = 0xFF2D78;

  @Test
  void outlinesTheBorderOfTheMaskAndLeavesTheRestGray() {
    MedicalImage image = ramp(20, 20);
    Mask mask = rectangle(20, 20, 5, 6, 4, 5);

    MedicalImage overlay = Overlay.draw(image, mask);

    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 20; x++) {
        boolean border = mask.get(x, y) && (x == 5 || x == 8 || y == 6 || y == 10);
        assertThat(rgb(overlay, x, y) == OUTLINE).as("%d, %d", x, y).isEqualTo(border);
      }
    }
    assertThat(isGray(rgb(overlay, 6, 8))).isTrue();
  }

  @Test
  void drawsAWiderLineInLargeImagesOutwards() {
    MedicalImage image = ramp(900, 10);
    MedicalImage overlay = Overlay.draw(image, rectangle(900, 10, 100, 0, 50, 10));

    assertThat(rgb(overlay, 97, 5)).isNotEqualTo(OUTLINE);
    assertThat(rgb(overlay, 98, 5)).isEqualTo(OUTLINE);
    assertThat(rgb(overlay, 100, 5)).isEqualTo(OUTLINE);
    assertThat(rgb(overlay, 101, 5)).isNotEqualTo(OUTLINE);
    assertThat(rgb(overlay, 151, 5)).isEqualTo(OUTLINE);
    assertThat(rgb(overlay, 152, 5)).isNotEqualTo(OUTLINE);
  }

  @Test
  void showsTheBrainInACtOfHounsfieldUnits() {
    float[] units = new float[100];
    for (int i = 0; i < units.length; i++) {
      units[i] = i < 40 ? -1000 : i < 60 ? 1200 : i - 40; // air, bone, and 20 to 59
    }
    MedicalImage ct = MedicalImage.of(10, 10, 1, units);
    Mask none = Mask.empty(10, 10);

    for (MedicalImage each : List.of(ct, ct.withModality(Modality.CT))) {
      MedicalImage overlay = Overlay.draw(each, none);
      assertThat(overlay.get(0, 0)).isZero();
      assertThat(overlay.get(0, 5)).isEqualTo(255);
      assertThat(overlay.get(0, 8)).isEqualTo(Math.round(255 * 40 / 80f));
    }
    assertThat(Overlay.draw(ct.withModality(Modality.MR), none).get(0, 8)).isGreaterThan(100);
    assertThat(Overlay.draw(ct, DisplayWindow.linearExact(0, 2400), none).get(0, 8))
        .isEqualTo(Math.round(255 * (40 + 1200) / 2400f));
  }

  @Test
  void outlinesAMaskOfTheWholeImage() {
    MedicalImage overlay = Overlay.draw(ramp(8, 8), rectangle(8, 8, 0, 0, 8, 8));

    assertThat(rgb(overlay, 0, 4)).isEqualTo(OUTLINE);
    assertThat(rgb(overlay, 4, 4)).isNotEqualTo(OUTLINE);
  }

  @Test
  void spreadsTheGrayValuesButNotTheExtremeOnes() {
    float[] hounsfield = new float[1000];
    for (int i = 0; i < 1000; i++) {
      hounsfield[i] = i % 101;
    }
    hounsfield[0] = 30000;
    hounsfield[1] = Float.NaN;
    hounsfield[2] = Float.NEGATIVE_INFINITY;

    MedicalImage picture =
        Overlay.draw(MedicalImage.ofGray(1000, 1, hounsfield), Mask.empty(1000, 1));

    assertThat(rgb(picture, 0, 0)).isEqualTo(0xFFFFFF);
    assertThat(rgb(picture, 1, 0)).isZero();
    assertThat(rgb(picture, 2, 0)).isZero();
    assertThat(rgb(picture, 50, 0)).isEqualTo(0x808080);
    assertThat(rgb(picture, 100, 0)).isEqualTo(0xFFFFFF);
  }

  @Test
  void weighsColorsByTheirBrightness() {
    // Black, white, then pure green: 0.587 x 255 = 150 = 0x96.
    float[] samples = {0, 255, 0, 0, 255, 255, 0, 255, 0};

    MedicalImage picture = Overlay.draw(MedicalImage.of(3, 1, 3, samples), Mask.empty(3, 1));

    assertThat(rgb(picture, 0, 0)).isZero();
    assertThat(rgb(picture, 1, 0)).isEqualTo(0xFFFFFF);
    assertThat(rgb(picture, 2, 0)).isEqualTo(0x969696);
  }

  @Test
  void survivesConstantAndNonFiniteImages() {
    MedicalImage constant =
        Overlay.draw(MedicalImage.ofGray(2, 1, new float[] {7, 7}), Mask.empty(2, 1));
    MedicalImage nothing =
        Overlay.draw(
            MedicalImage.ofGray(2, 1, new float[] {Float.NaN, Float.NaN}), Mask.empty(2, 1));

    assertThat(rgb(constant, 0, 0)).isZero();
    assertThat(rgb(nothing, 1, 0)).isZero();
  }

  @Test
  void shrinksThumbnailsKeepingASmallRegionVisible() {
    MedicalImage thumbnail =
        Thumbnail.of(
            ramp(512, 256), Mask.empty(512, 256), rectangle(512, 256, 200, 100, 3, 3), 128);

    assertThat(thumbnail.width()).isEqualTo(128);
    assertThat(thumbnail.height()).isEqualTo(64);
    assertThat(rgb(thumbnail, 50, 25)).isEqualTo(OUTLINE);
    assertThat(isGray(rgb(thumbnail, 54, 25))).isTrue();
  }

  @Test
  void doesNotEnlargeThumbnails() {
    assertThat(Thumbnail.plain(ramp(40, 30)).width()).isEqualTo(40);
  }

  @Test
  void rejectsAMaskOfAnotherSize() {
    assertThatThrownBy(() -> Overlay.draw(ramp(4, 3), Mask.empty(3, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mask must have the size of the image = 4 x 3, got 3 x 4");
  }

  private static MedicalImage ramp(int width, int height) {
    float[] samples = new float[width * height];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i % width;
    }
    return MedicalImage.ofGray(width, height, samples);
  }

  private static Mask rectangle(int width, int height, int left, int top, int w, int h) {
    boolean[] inside = new boolean[width * height];
    for (int y = top; y < top + h; y++) {
      for (int x = left; x < left + w; x++) {
        inside[y * width + x] = true;
      }
    }
    return Mask.wrap(width, height, inside);
  }

  private static int rgb(MedicalImage picture, int x, int y) {
    assertThat(picture.channels()).isEqualTo(3);
    return (int) picture.get(x, y, 0) << 16
        | (int) picture.get(x, y, 1) << 8
        | (int) picture.get(x, y, 2);
  }

  private static boolean isGray(int rgb) {
    return (rgb & 0xFF) * 0x010101 == rgb;
  }

  @Test
  void aMapIsWarmWhereItSpeaksForAClassAndColdWhereAgainst() {
    MedicalImage image = MedicalImage.ofGray(3, 1, new float[] {0, 50, 100});
    MedicalImage effects = MedicalImage.ofGray(3, 1, new float[] {2, 0, -2});

    MedicalImage heat = Overlay.heat(image, Explanation.of("hand", "a", effects));

    MedicalImage plain = Overlay.draw(image, Mask.empty(3, 1));
    assertThat(heat.get(1, 0, 0)).isEqualTo(plain.get(1, 0, 0));
    assertThat(heat.get(0, 0, 0)).isEqualTo(Math.round(0.65f * 255));
    assertThat(heat.get(0, 0, 2)).isZero();
    assertThat(heat.get(2, 0, 2)).isEqualTo(255);
    assertThat(heat.get(2, 0, 0)).isLessThan(100);
    Explanation other = Explanation.of("hand", "a", MedicalImage.ofGray(1, 3, new float[3]));
    assertThatThrownBy(() -> Overlay.heat(image, other)).hasMessageContaining("3 x 1");
  }
}
