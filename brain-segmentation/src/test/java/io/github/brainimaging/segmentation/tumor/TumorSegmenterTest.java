package io.github.brainimaging.segmentation.tumor;

import static io.github.brainimaging.segmentation.HeadPhantom.dice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.inference.SegmenterContract;
import io.github.brainimaging.segmentation.HeadPhantom;
import io.github.brainimaging.segmentation.filter.MedianFilter;
import io.github.brainimaging.segmentation.internal.Window;
import io.github.brainimaging.segmentation.skullstrip.SkullStripper;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("data")
class TumorSegmenterTest {

  private static final HeadPhantom HEAD =
      HeadPhantom.of(200, 220, 0.25, Spacing.ofMillimeters(0.9));

  /** The lesion leaves the ventricles alone, which are dark too. */
  private static final HeadPhantom DARK_HEAD =
      HeadPhantom.of(200, 220, 0.15, 58, Spacing.ofMillimeters(0.9));

  private static final TumorSegmenter REFINED =
      TumorSegmenter.withDefaults().withRefinement(MarkovRefinement.withDefaults());

  /** A segmenter and a head whose lesion it shall find. */
  record Case(TumorSegmenter segmenter, HeadPhantom head) {

    Segmentation segment(MedicalImage image) {
      return segmenter.segment(image);
    }

    Mask mask() {
      return segment(head.image()).mask();
    }
  }

  static Stream<TumorSegmenter> both() {
    return Stream.of(TumorSegmenter.withDefaults(), TumorSegmenter.published());
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(TumorSegmenter.withDefaults(), HEAD),
        new Case(TumorSegmenter.published(), HEAD),
        new Case(
            TumorSegmenter.withDefaults().withPolarity(TumorSegmenter.Polarity.DARK), DARK_HEAD),
        new Case(TumorSegmenter.published().withPolarity(TumorSegmenter.Polarity.DARK), DARK_HEAD),
        new Case(
            TumorSegmenter.withDefaults().withPolarity(TumorSegmenter.Polarity.AUTOMATIC), HEAD),
        new Case(
            TumorSegmenter.withDefaults().withPolarity(TumorSegmenter.Polarity.AUTOMATIC),
            DARK_HEAD),
        new Case(REFINED, HEAD),
        new Case(REFINED.withPolarity(TumorSegmenter.Polarity.DARK), DARK_HEAD));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsTheLesionOfAPhantom(Case c) {
    Segmentation segmentation = c.segment(c.head().image());

    assertThat(dice(segmentation.mask(), c.head().lesion())).isGreaterThan(0.95);
    assertThat(segmentation.spacing()).isEqualTo(HEAD.image().spacing());
  }

  @ParameterizedTest
  @MethodSource("both")
  void takesOnlyLesionsOfItsPolarity(TumorSegmenter segmenter) {
    Mask bright = segmenter.segment(DARK_HEAD.image()).mask();
    Mask dark = segmenter.withPolarity(TumorSegmenter.Polarity.DARK).segment(HEAD.image()).mask();

    assertThat(dice(bright, DARK_HEAD.lesion())).isLessThan(0.3);
    assertThat(dice(dark, HEAD.lesion())).isLessThan(0.3);
  }

  @ParameterizedTest
  @CsvSource({"MR_T1, DARK", "MR_T1_CONTRAST, BRIGHT", "MR_T2, BRIGHT", "MR_FLAIR, BRIGHT"})
  void takesThePolarityOfTheModality(Modality modality, TumorSegmenter.Polarity polarity) {
    for (HeadPhantom head : List.of(HEAD, DARK_HEAD)) {
      MedicalImage image = head.image().withModality(modality);
      for (TumorSegmenter segmenter : both().toList()) {
        assertThat(segmenter.withPolarity(TumorSegmenter.Polarity.AUTOMATIC).segment(image))
            .isEqualTo(segmenter.withPolarity(polarity).segment(image));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MR", "CT", "UNKNOWN"})
  void findsThePolarityThatTheModalityDoesNotTell(Modality modality) {
    TumorSegmenter automatic =
        TumorSegmenter.withDefaults().withPolarity(TumorSegmenter.Polarity.AUTOMATIC);

    for (HeadPhantom head : List.of(HEAD, DARK_HEAD)) {
      Mask mask = automatic.segment(head.image().withModality(modality)).mask();
      assertThat(dice(mask, head.lesion())).isGreaterThan(0.95);
    }
  }

  /** As in a brain window: skull white, skin gray, the lesion a little darker than the brain. */
  @Test
  void findsADarkLesionInCt() {
    float[] samples = DARK_HEAD.image().samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] =
          samples[i] > 120
              ? 60
              : samples[i] > 10 && !DARK_HEAD.brain().toArray()[i] ? 255 : samples[i];
    }
    MedicalImage image = DARK_HEAD.image().withSamples(samples).withModality(Modality.CT);

    for (TumorSegmenter.Polarity polarity :
        List.of(TumorSegmenter.Polarity.DARK, TumorSegmenter.Polarity.AUTOMATIC)) {
      Mask mask = TumorSegmenter.withDefaults().withPolarity(polarity).segment(image).mask();
      assertThat(dice(mask, DARK_HEAD.lesion())).isGreaterThan(0.9);
    }
  }

  @Test
  void isTheMoreConfidentTheClearerTheLesionIs() {
    TumorSegmenter segmenter = TumorSegmenter.ofMinimumScore(0);
    double faint = confidence(segmenter, HeadPhantom.of(200, 220, 0.04, Spacing.UNKNOWN));
    double medium = confidence(segmenter, HeadPhantom.of(200, 220, 0.12, Spacing.UNKNOWN));
    double clear = confidence(segmenter, HEAD);

    assertThat(faint).isBetween(0.0, medium);
    assertThat(medium).isLessThan(clear);
    assertThat(clear).isBetween(0.9, 1.0);
  }

  private static double confidence(TumorSegmenter segmenter, HeadPhantom head) {
    return segmenter.segment(head.image()).confidence().orElseThrow();
  }

  @Test
  void tellsNoConfidenceOfNothingAndOfThePublishedChain() {
    assertThat(TumorSegmenter.ofMinimumScore(1).segment(HEAD.image()).confidence()).isEmpty();
    assertThat(TumorSegmenter.published().segment(HEAD.image()).confidence()).isEmpty();
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
    for (Case c : cases().toList()) {
      Segmentation plain = c.segment(c.head().image());
      Segmentation moved = c.segment(HeadPhantom.moved(c.head().image(), scale, offset));

      assertThat(dice(moved.mask(), plain.mask())).isGreaterThan(0.995);
      assertThat(moved.confidence().orElse(0))
          .isCloseTo(plain.confidence().orElse(0), within(0.01));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesFor8And16BitAndFloat(Case c) {
    Mask eightBit = c.mask();
    Mask sixteenBit = c.segment(HeadPhantom.moved(c.head().image(), 257, 0)).mask();
    Mask real = c.segment(HeadPhantom.moved(c.head().image(), 1 / 255f, 0)).mask();

    assertThat(sixteenBit).isEqualTo(eightBit);
    assertThat(dice(real, eightBit)).isGreaterThan(0.995);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mirrorsWithTheImage(Case c) {
    Mask mirrored = c.segment(HeadPhantom.mirrored(c.head().image())).mask();

    assertThat(mirrored).isEqualTo(Mask.above(HeadPhantom.mirrored(c.mask().toImage()), 0));
  }

  /** With the smallest value, as a raster or a stripped volume is padded with 0. */
  @ParameterizedTest
  @MethodSource("cases")
  void doesNotDependOnPadding(Case c) {
    Window window = new Window(330, 260, new BoundingBox(71, 13, 200, 220));
    MedicalImage image = c.head().image();
    MedicalImage padded = image.withPixels(330, 260, 1, window.restore(image.samples()));

    assertThat(c.segment(padded).mask()).isEqualTo(window.restore(c.mask()));
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
    List<TumorSegmenter.Stage> steps = TumorSegmenter.withDefaults().explain(HEAD.image());
    List<TumorSegmenter.Stage> published = TumorSegmenter.published().explain(HEAD.image());

    assertThat(steps)
        .extracting(TumorSegmenter.Stage::name)
        .containsExactly(
            "gray", "median", "head", "brain", "stripped", "asymmetry", "levels", "tumor");
    assertThat(published)
        .extracting(TumorSegmenter.Stage::name)
        .containsExactly(
            "gray", "median", "head", "brain", "stripped", "otsu", "clean-up", "tumor");
    assertThat(REFINED.explain(HEAD.image()))
        .extracting(TumorSegmenter.Stage::name)
        .endsWith("asymmetry", "levels", "refined", "tumor");
    assertThat(
            TumorSegmenter.withDefaults()
                .withPolarity(TumorSegmenter.Polarity.AUTOMATIC)
                .explain(HEAD.image()))
        .extracting(TumorSegmenter.Stage::name)
        .endsWith("stripped", "asymmetry", "levels", "negative", "asymmetry", "levels", "tumor");
    assertThat(steps).allSatisfy(s -> assertThat(s.image().width()).isEqualTo(200));
    assertThat(steps.get(1).image()).isEqualTo(MedianFilter.ofRadius(1).apply(HEAD.image()));
    assertThat(Mask.above(steps.get(7).image(), 0))
        .isEqualTo(TumorSegmenter.withDefaults().segment(HEAD.image()).mask());
  }

  @Test
  void refinesTheOutlineWithinTheBrain() {
    List<TumorSegmenter.Stage> steps = REFINED.explain(HEAD.image());
    Mask plain = TumorSegmenter.withDefaults().segment(HEAD.image()).mask();
    Mask brain = Mask.above(steps.get(3).image(), 0);

    Mask refined = MarkovRefinement.withDefaults().refine(steps.get(1).image(), plain, brain);

    assertThat(Mask.above(steps.get(7).image(), 0)).isEqualTo(refined);
    assertThat(REFINED.segment(HEAD.image()).confidence())
        .isEqualTo(TumorSegmenter.withDefaults().segment(HEAD.image()).confidence());
    assertThat(REFINED.segment(HeadPhantom.of(200, 220, 0, Spacing.UNKNOWN).image()).found())
        .isFalse();
  }

  @Test
  void usesItsOptions() {
    TumorSegmenter segmenter =
        TumorSegmenter.published()
            .withMedian(MedianFilter.ofRadius(2))
            .withSkullStripper(SkullStripper.withDefaults().withTissueFraction(0.95));
    List<TumorSegmenter.Stage> steps = segmenter.explain(HEAD.image());

    assertThat(steps.get(1).image()).isEqualTo(MedianFilter.ofRadius(2).apply(HEAD.image()));
    assertThat(steps.get(3).image())
        .isEqualTo(
            SkullStripper.withDefaults()
                .withTissueFraction(0.95)
                .extract(steps.get(1).image())
                .brain()
                .toImage())
        .isNotEqualTo(TumorSegmenter.published().explain(HEAD.image()).get(3).image());
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

    assertThat(sum / slices.size()).isGreaterThan(0.68);
    assertThat(publishedSum / slices.size()).isGreaterThan(0.5);
  }

  @Nested
  class Default extends SegmenterContract {
    @Override
    protected List<MedicalImage> images() {
      return List.of(HEAD.image(), DARK_HEAD.image());
    }

    @Override
    protected Segmenter segmenter() {
      return TumorSegmenter.withDefaults();
    }
  }

  @Nested
  class Published extends SegmenterContract {
    @Override
    protected List<MedicalImage> images() {
      return List.of(HEAD.image(), DARK_HEAD.image());
    }

    @Override
    protected Segmenter segmenter() {
      return TumorSegmenter.published();
    }
  }

  @Nested
  class Refined extends SegmenterContract {
    @Override
    protected List<MedicalImage> images() {
      return List.of(HEAD.image(), DARK_HEAD.image());
    }

    @Override
    protected Segmenter segmenter() {
      return REFINED;
    }
  }
}
