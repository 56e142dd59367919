package io.github.brainimaging.segmentation.skullstrip;

import static io.github.brainimaging.segmentation.HeadPhantom.dice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.segmentation.HeadPhantom;
import io.github.brainimaging.segmentation.internal.Window;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkullStripperTest {

  private static final SkullStripper STRIPPER = SkullStripper.withDefaults();
  private static final HeadPhantom HEAD = HeadPhantom.of(200, 220, 0.25, Spacing.UNKNOWN);

  private static Mask brainOf(MedicalImage image) {
    return STRIPPER.extract(image).brain();
  }

  @ParameterizedTest
  @CsvSource({"64, 64, 0.95", "256, 256, 0.98", "300, 200, 0.98", "512, 640, 0.98"})
  void findsTheBrainAtAnySize(int width, int height, double least) {
    HeadPhantom head = HeadPhantom.of(width, height, 0.25, Spacing.UNKNOWN);

    assertThat(dice(brainOf(head.image()), head.brain())).isGreaterThan(least);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 1", "2, 1", "1, 3"})
  void findsTheBrainWherePixelsAreNotSquare(double x, double y) {
    HeadPhantom head =
        HeadPhantom.of((int) (200 * y / x), 220, 0.25, new Spacing(0.8 * x, 0.8 * y));

    assertThat(dice(brainOf(head.image()), head.brain())).isGreaterThan(0.97);
  }

  @ParameterizedTest
  @CsvSource({"0.01, 0", "0.01, 5", "0.3, -70", "100, 0", "100, 12345"})
  void doesNotDependOnScaleAndOffset(float scale, float offset) {
    MedicalImage moved = HeadPhantom.moved(HEAD.image(), scale, offset);

    assertThat(dice(brainOf(moved), brainOf(HEAD.image()))).isGreaterThan(0.998);
  }

  @Test
  void agreesBetween8BitAnd16BitAndFloat() {
    MedicalImage fine = HeadPhantom.moved(HEAD.image(), 0.37f, 0.2f);
    float[] bits16 = fine.samples();
    float[] bits8 = fine.samples();
    for (int i = 0; i < bits8.length; i++) {
      bits16[i] = Math.round(257 * bits16[i]);
      bits8[i] = Math.round(bits8[i]);
    }

    assertThat(dice(brainOf(fine.withSamples(bits16)), brainOf(fine))).isGreaterThan(0.998);
    assertThat(dice(brainOf(fine.withSamples(bits8)), brainOf(fine))).isGreaterThan(0.995);
  }

  @Test
  void doesNotDependOnPadding() {
    BoundingBox box = new BoundingBox(31, 7, HEAD.image().width(), HEAD.image().height());
    Window window = new Window(400, 300, box);
    MedicalImage padded =
        HEAD.image().withPixels(400, 300, 1, window.restore(HEAD.image().samples()));

    assertThat(brainOf(padded)).isEqualTo(window.restore(brainOf(HEAD.image())));
  }

  @Test
  void mirrorsWithTheImage() {
    assertThat(brainOf(HeadPhantom.mirrored(HEAD.image())))
        .isEqualTo(Mask.above(HeadPhantom.mirrored(brainOf(HEAD.image()).toImage()), 0));
  }

  @Test
  void toleratesAHeadThatTouchesTheBorder() {
    Window window = new Window(200, 220, new BoundingBox(25, 16, 150, 195));
    MedicalImage cut = window.crop(HEAD.image());

    assertThat(dice(brainOf(cut), window.crop(HEAD.brain()))).isGreaterThan(0.97);
  }

  @Test
  void leavesAStrippedImageNearlyAsItIs() {
    MedicalImage stripped = STRIPPER.apply(HEAD.image());

    assertThat(dice(brainOf(stripped), brainOf(HEAD.image()))).isGreaterThan(0.98);
  }

  @Test
  void setsTheRestToTheSmallestValue() {
    MedicalImage image = HeadPhantom.moved(HEAD.image(), 2, -30);
    MedicalImage stripped = STRIPPER.apply(image);
    Mask brain = brainOf(image);

    assertThat(stripped.get(3, 3)).isEqualTo(image.range()[0]);
    assertThat(brain.get(100, 60)).isTrue();
    assertThat(stripped.get(100, 60)).isEqualTo(image.get(100, 60));
  }

  @Test
  void ignoresSamplesThatAreNotFinite() {
    float[] samples = HEAD.image().samples();
    for (int x = 0; x < 60; x++) {
      samples[x] = x % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
    }

    assertThat(dice(brainOf(HEAD.image().withSamples(samples)), HEAD.brain())).isGreaterThan(0.98);
  }

  @Test
  void measuresTheHead() {
    SkullStripper.Extraction extraction = STRIPPER.extract(HEAD.image());

    // Half axes of 0.8 and 1 times 0.45 * 220 pixels.
    assertThat(extraction.diameterPixels()).isBetween(175.0, 179.0);
    assertThat(extraction.backgroundLevel()).isBetween(2f, 6f);
    assertThat(extraction.tissueLevel()).isBetween(42f, 52f);
  }

  @Test
  void findsNoBrainWhereThereIsNothing() {
    for (MedicalImage image :
        new MedicalImage[] {
          MedicalImage.ofGray(1, 1, new float[] {5}),
          MedicalImage.ofGray(1, 1, new float[] {Float.NaN}),
          MedicalImage.ofGray(30, 20, new float[600])
        }) {
      assertThat(brainOf(image).isEmpty()).isTrue();
      assertThat(STRIPPER.apply(image)).isEqualTo(image);
    }
  }

  @Test
  void survivesTinyImages() {
    for (int size = 1; size < 12; size++) {
      float[] samples = new float[size * size];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (i * 37) % 11;
      }
      assertThat(brainOf(MedicalImage.ofGray(size, size, samples)).width()).isEqualTo(size);
    }
  }

  @Test
  void rejectsWrongArguments() {
    MedicalImage color = MedicalImage.of(2, 2, 3, new float[12]);
    assertThatThrownBy(() -> STRIPPER.extract(color))
        .hasMessage("image must have 1 channel, got 3");
    assertThatThrownBy(() -> STRIPPER.withTissueFraction(1))
        .hasMessage("fraction must be between 0 and 1, got 1.0");
    assertThatThrownBy(() -> STRIPPER.withOpeningFraction(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> STRIPPER.withClosingFraction(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void optionsHaveTheirEffect() {
    int area = brainOf(HEAD.image()).count();

    assertThat(STRIPPER.withTissueFraction(0.95).extract(HEAD.image()).brain().count())
        .isLessThan(area);
    assertThat(STRIPPER.withOpeningFraction(0.2).extract(HEAD.image()).brain().count())
        .isLessThan(area);
  }

  @Test
  void closesFurrowsAsWideAsTheClosingFraction() {
    float[] samples = HEAD.image().samples();
    for (int y = 20; y < 60; y++) {
      Arrays.fill(samples, y * 200 + 98, y * 200 + 102, 15);
    }
    MedicalImage furrowed = HEAD.image().withSamples(samples);

    assertThat(brainOf(furrowed).get(100, 45)).isTrue();
    assertThat(STRIPPER.withClosingFraction(0.005).extract(furrowed).brain().get(100, 45))
        .isFalse();
  }
}
