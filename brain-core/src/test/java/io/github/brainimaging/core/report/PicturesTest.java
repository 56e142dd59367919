package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import java.awt.image.BufferedImage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PicturesTest {

  @Test
  void outlinesTheBorderOfTheMaskAndLeavesTheRestGray() {
    MedicalImage image = ramp(20, 20);
    Mask mask = rectangle(20, 20, 5, 6, 4, 5);

    BufferedImage overlay = Pictures.overlay(image, Optional.of(mask));

    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 20; x++) {
        boolean border = mask.get(x, y) && (x == 5 || x == 8 || y == 6 || y == 10);
        assertThat(rgb(overlay, x, y) == Pictures.OUTLINE).as("%d, %d", x, y).isEqualTo(border);
      }
    }
    assertThat(isGray(rgb(overlay, 6, 8))).isTrue();
  }

  @Test
  void drawsAWiderLineInLargeImagesOutwards() {
    MedicalImage image = ramp(900, 10);
    BufferedImage overlay =
        Pictures.overlay(image, Optional.of(rectangle(900, 10, 100, 0, 50, 10)));

    assertThat(rgb(overlay, 97, 5)).isNotEqualTo(Pictures.OUTLINE);
    assertThat(rgb(overlay, 98, 5)).isEqualTo(Pictures.OUTLINE);
    assertThat(rgb(overlay, 100, 5)).isEqualTo(Pictures.OUTLINE);
    assertThat(rgb(overlay, 101, 5)).isNotEqualTo(Pictures.OUTLINE);
    assertThat(rgb(overlay, 151, 5)).isEqualTo(Pictures.OUTLINE);
    assertThat(rgb(overlay, 152, 5)).isNotEqualTo(Pictures.OUTLINE);
  }

  @Test
  void outlinesAMaskOfTheWholeImage() {
    BufferedImage overlay = Pictures.overlay(ramp(8, 8), Optional.of(rectangle(8, 8, 0, 0, 8, 8)));

    assertThat(rgb(overlay, 0, 4)).isEqualTo(Pictures.OUTLINE);
    assertThat(rgb(overlay, 4, 4)).isNotEqualTo(Pictures.OUTLINE);
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

    BufferedImage picture =
        Pictures.overlay(MedicalImage.ofGray(1000, 1, hounsfield), Optional.empty());

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

    BufferedImage picture = Pictures.overlay(MedicalImage.of(3, 1, 3, samples), Optional.empty());

    assertThat(rgb(picture, 0, 0)).isZero();
    assertThat(rgb(picture, 1, 0)).isEqualTo(0xFFFFFF);
    assertThat(rgb(picture, 2, 0)).isEqualTo(0x969696);
  }

  @Test
  void survivesConstantAndNonFiniteImages() {
    BufferedImage constant =
        Pictures.overlay(MedicalImage.ofGray(2, 1, new float[] {7, 7}), Optional.empty());
    BufferedImage nothing =
        Pictures.overlay(
            MedicalImage.ofGray(2, 1, new float[] {Float.NaN, Float.NaN}), Optional.empty());

    assertThat(rgb(constant, 0, 0)).isZero();
    assertThat(rgb(nothing, 1, 0)).isZero();
  }

  @Test
  void shrinksThumbnailsKeepingASmallRegionVisible() {
    BufferedImage thumbnail =
        Pictures.thumbnail(ramp(512, 256), Optional.of(rectangle(512, 256, 200, 100, 3, 3)));

    assertThat(thumbnail.getWidth()).isEqualTo(128);
    assertThat(thumbnail.getHeight()).isEqualTo(64);
    assertThat(rgb(thumbnail, 50, 25)).isEqualTo(Pictures.OUTLINE);
    assertThat(isGray(rgb(thumbnail, 54, 25))).isTrue();
  }

  @Test
  void doesNotEnlargeThumbnails() {
    assertThat(Pictures.thumbnail(ramp(40, 30), Optional.empty()).getWidth()).isEqualTo(40);
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

  private static int rgb(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xFFFFFF;
  }

  private static boolean isGray(int rgb) {
    return (rgb & 0xFF) * 0x010101 == rgb;
  }
}
