package io.github.brainimaging.segmentation.tumor;

import static io.github.brainimaging.segmentation.HeadPhantom.dice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.pipeline.Segmentation;
import io.github.brainimaging.segmentation.HeadPhantom;
import io.github.brainimaging.segmentation.filter.MedianFilter;
import io.github.brainimaging.segmentation.internal.Window;
import io.github.brainimaging.segmentation.skullstrip.SkullStripper;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TumorSegmenterTest {

  private static final HeadPhantom HEAD =
      HeadPhantom.of(200, 220, 0.25, Spacing.ofMillimeters(0.9));

  static Stream<TumorSegmenter> both() {
    return Stream.of(TumorSegmenter.withDefaults(), TumorSegmenter.published());
  }

  @ParameterizedTest
  @MethodSource("both")
  void findsTheLesionOfAPhantom(TumorSegmenter segmenter) {
    Segmentation segmentation = segmenter.segment(HEAD.image());

    assertThat(dice(segmentation.mask(), HEAD.lesion())).isGreaterThan(0.95);
    assertThat(segmentation.spacing()).isEqualTo(HEAD.image().spacing());
  }

  @ParameterizedTest
  @CsvSource({"64, 64, 0.25", "256, 256, 0.12", "512, 400, 0.4"})
  void findsLesionsAtAnySize(int width, int height, double radius) {
    HeadPhantom head = HeadPhantom.of(width, height, radius, Spacing.UNKNOWN);

    assertThat(dice(TumorSegmenter.withDefaults().segment(head.image()).mask(), head.lesion()))
        .isGreaterThan(0.9);
  }

  @Test
  void findsNothingInAHeadWithoutLesion() {
    HeadPhantom head = HeadPhantom.of(200, 220, 0, Spacing.UNKNOWN);

    assertThat(TumorSegmenter.withDefaults().segment(head.image()).found()).isFalse();
  }

  @Test
  void reportsWhatScoresEnough() {
    assertThat(TumorSegmenter.ofMinimumScore(10).segment(HEAD.image()).found()).isFalse();
    assertThat(TumorSegmenter.ofMinimumScore(0).segment(HEAD.image()).mask())
        .isEqualTo(TumorSegmenter.withDefaults().segment(HEAD.image()).mask());
    assertThatThrownBy(() -> TumorSegmenter.ofMinimumScore(Double.NaN))
        .hasMessage("minimumScore must be 0 or more and finite, got NaN");
  }

  @ParameterizedTest
  @CsvSource({"0.01, 0", "0.01, 5", "0.3, -70", "100, 0", "100, 12345"})
  void doesNotDependOnScaleAndOffset(float scale, float offset) {
    MedicalImage moved = HeadPhantom.moved(HEAD.image(), scale, offset);

    for (TumorSegmenter segmenter : both().toList()) {
      assertThat(dice(segmenter.segment(moved).mask(), segmenter.segment(HEAD.image()).mask()))
          .isGreaterThan(0.995);
    }
  }

  @ParameterizedTest
  @MethodSource("both")
  void agreesFor8And16BitAndFloat(TumorSegmenter segmenter) {
    Mask eightBit = segmenter.segment(HEAD.image()).mask();
    Mask sixteenBit = segmenter.segment(HeadPhantom.moved(HEAD.image(), 257, 0)).mask();
    Mask real = segmenter.segment(HeadPhantom.moved(HEAD.image(), 1 / 255f, 0)).mask();

    assertThat(sixteenBit).isEqualTo(eightBit);
    assertThat(dice(real, eightBit)).isGreaterThan(0.995);
  }

  @ParameterizedTest
  @MethodSource("both")
  void mirrorsWithTheImage(TumorSegmenter segmenter) {
    Mask mask = segmenter.segment(HEAD.image()).mask();
    Mask mirrored = segmenter.segment(HeadPhantom.mirrored(HEAD.image())).mask();

    assertThat(mirrored).isEqualTo(Mask.above(HeadPhantom.mirrored(mask.toImage()), 0));
  }

  /** With the smallest value, as a raster or a stripped volume is padded with 0. */
  @ParameterizedTest
  @MethodSource("both")
  void doesNotDependOnPadding(TumorSegmenter segmenter) {
    Window window = new Window(330, 260, new BoundingBox(71, 13, 200, 220));
    MedicalImage padded =
        HEAD.image().withPixels(330, 260, 1, window.restore(HEAD.image().samples()));

    assertThat(segmenter.segment(padded).mask())
        .isEqualTo(window.restore(segmenter.segment(HEAD.image()).mask()));
  }

  @ParameterizedTest
  @MethodSource("both")
  void makesColorImagesGray(TumorSegmenter segmenter) {
    int pixels = HEAD.image().width() * HEAD.image().height();
    float[] samples = new float[3 * pixels];
    for (int c = 0; c < 3; c++) {
      HEAD.image().copySamplesTo(samples, c * pixels);
    }
    MedicalImage color = MedicalImage.wrap(HEAD.image().width(), HEAD.image().height(), 3, samples);

    assertThat(dice(segmenter.segment(color).mask(), segmenter.segment(HEAD.image()).mask()))
        .isGreaterThan(0.995);
    MedicalImage two = MedicalImage.of(1, 1, 2, new float[2]);
    assertThatThrownBy(() -> segmenter.segment(two)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("both")
  void findsNothingWhereThereIsNothing(TumorSegmenter segmenter) {
    for (int size : new int[] {1, 2, 3, 40}) {
      float[] samples = new float[size * size];
      MedicalImage image = MedicalImage.ofGray(size, size, samples);
      assertThat(segmenter.segment(image).mask()).isEqualTo(Mask.empty(size, size));
      Arrays.fill(samples, Float.NaN);
      assertThat(segmenter.segment(image.withSamples(samples)).found()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("both")
  void takesSamplesThatAreNotFiniteAsBackground(TumorSegmenter segmenter) {
    float[] samples = HEAD.image().samples();
    for (int i = 0; i < 2_000; i++) {
      samples[i] = i % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
    }

    Mask mask = segmenter.segment(HEAD.image().withSamples(samples)).mask();

    assertThat(dice(mask, HEAD.lesion())).isGreaterThan(0.95);
  }

  @Test
  void explainsItsSteps() {
    List<TumorSegmenter.Step> steps = TumorSegmenter.withDefaults().explain(HEAD.image());
    List<TumorSegmenter.Step> published = TumorSegmenter.published().explain(HEAD.image());

    assertThat(steps)
        .extracting(TumorSegmenter.Step::name)
        .containsExactly(
            "gray", "median", "head", "brain", "stripped", "asymmetry", "levels", "tumor");
    assertThat(published)
        .extracting(TumorSegmenter.Step::name)
        .containsExactly(
            "gray", "median", "head", "brain", "stripped", "otsu", "clean-up", "tumor");
    assertThat(steps).allSatisfy(s -> assertThat(s.image().width()).isEqualTo(200));
    assertThat(steps.get(1).image()).isEqualTo(MedianFilter.ofRadius(1).apply(HEAD.image()));
    assertThat(Mask.above(steps.get(7).image(), 0))
        .isEqualTo(TumorSegmenter.withDefaults().segment(HEAD.image()).mask());
  }

  @Test
  void usesItsOptions() {
    TumorSegmenter segmenter =
        TumorSegmenter.published()
            .withMedian(MedianFilter.ofRadius(2))
            .withSkullStripper(SkullStripper.withDefaults().withTissueFraction(0.4));
    List<TumorSegmenter.Step> steps = segmenter.explain(HEAD.image());

    assertThat(steps.get(1).image()).isEqualTo(MedianFilter.ofRadius(2).apply(HEAD.image()));
    assertThat(steps.get(3).image())
        .isEqualTo(
            SkullStripper.withDefaults()
                .withTissueFraction(0.4)
                .extract(steps.get(1).image())
                .brain()
                .toImage());
  }

  /** A lower bound on about 60 slices with a tumor; the command line measures all of them. */
  @Test
  void findsGliomasInRealSlices() {
    List<GliomaSlices.Slice> slices = GliomaSlices.sample(13);
    double sum = 0;
    double publishedSum = 0;
    for (GliomaSlices.Slice slice : slices) {
      sum += dice(TumorSegmenter.withDefaults().segment(slice.image()).mask(), slice.truth());
      publishedSum += dice(TumorSegmenter.published().segment(slice.image()).mask(), slice.truth());
    }

    assertThat(sum / slices.size()).isGreaterThan(0.64);
    assertThat(publishedSum / slices.size()).isGreaterThan(0.5);
  }
}
