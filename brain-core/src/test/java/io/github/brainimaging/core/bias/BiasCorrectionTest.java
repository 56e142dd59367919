package io.github.brainimaging.core.bias;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.testing.Interrupted;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.TransformContract;
import io.github.brainimaging.core.transform.VolumeTransform;
import io.github.brainimaging.core.transform.VolumeTransformContract;
import io.github.brainimaging.core.work.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("data")
class BiasCorrectionTest extends TransformContract {

  @Override
  protected Transform transform() {
    return BiasCorrection.n4();
  }

  @Override
  protected int[] acceptedChannels() {
    return new int[] {1};
  }

  @ParameterizedTest
  @EnumSource
  void n4RemovesAKnownFieldFromAVolume(KnownField field) {
    Phantom phantom = new Phantom(64, 72, 56);
    MedicalVolume clean = phantom.volume();
    MedicalVolume corrupted = field.times(clean);

    BiasCorrection.Corrected<MedicalVolume> result = correctFinely(BiasCorrection.n4(), corrupted);

    double left = phantom.variation(result.corrected().samples());
    assertThat(left).isLessThan(1.1 * phantom.variation(clean.samples()));
    assertThat(phantom.variation(corrupted.samples())).isGreaterThan(1.2 * left);
    assertThat(
            phantom.correlation(
                result.field().samples(), field.on(clean.width(), clean.height(), clean.depth())))
        .isGreaterThan(0.98);
  }

  @Test
  void n3RemovesAKnownFieldFromAVolume() {
    Phantom phantom = new Phantom(64, 72, 56);
    MedicalVolume corrupted = KnownField.LINEAR.times(phantom.volume());

    MedicalVolume corrected = correctFinely(BiasCorrection.n3(), corrupted).corrected();

    assertThat(phantom.variation(corrected.samples()))
        .isLessThan(0.5 * phantom.variation(corrupted.samples()));
  }

  private static BiasCorrection.Corrected<MedicalVolume> correctFinely(
      BiasCorrection correction, MedicalVolume volume) {
    return correction.withShrinkFactor(2).correct(volume);
  }

  @Test
  void n4RemovesAKnownFieldFromASlice() {
    Phantom phantom = new Phantom(160, 192, 1);
    MedicalImage clean = phantom.slice();
    MedicalImage corrupted = KnownField.LINEAR.times(clean);

    MedicalImage corrected = BiasCorrection.n4().withShrinkFactor(1).apply(corrupted);

    assertThat(phantom.variation(corrected.samples()))
        .isLessThan(1.1 * phantom.variation(clean.samples()));
  }

  /** The mean of what is looked at stays, so that volumes of one series can be compared. */
  @ParameterizedTest
  @EnumSource(KnownField.class)
  void theBrightnessStays(KnownField field) {
    Phantom phantom = new Phantom(40, 44, 36);
    MedicalVolume corrupted = field.times(phantom.volume());
    boolean[] inside = new boolean[corrupted.grid().voxels()];
    float[] clean = phantom.volume().samples();
    for (int i = 0; i < inside.length; i++) {
      inside[i] = clean[i] > 10;
    }
    VolumeMask mask = VolumeMask.of(corrupted.grid(), inside);

    for (BiasCorrection correction :
        new BiasCorrection[] {BiasCorrection.n3(), BiasCorrection.n4()}) {
      float[] after = correction.correct(corrupted, mask).corrected().samples();
      assertThat(mean(after, inside) / mean(corrupted.samples(), inside))
          .isEqualTo(1, within(0.005));
    }
  }

  private static double mean(float[] samples, boolean[] inside) {
    return IntStream.range(0, samples.length)
        .filter(i -> inside[i])
        .mapToDouble(i -> samples[i])
        .average()
        .orElseThrow();
  }

  @Test
  void correctedTimesFieldIsTheInput() {
    MedicalVolume volume = KnownField.WAVE.times(new Phantom(20, 24, 18).volume());

    BiasCorrection.Corrected<MedicalVolume> result = BiasCorrection.n4().correct(volume);

    float[] product = result.corrected().samples();
    float[] field = result.field().samples();
    for (int i = 0; i < product.length; i++) {
      product[i] *= field[i];
    }
    assertThat(result.corrected().grid()).isEqualTo(volume.grid());
    assertClose(flat(product), flat(volume.samples()), 1e-3);
  }

  @Test
  void givesTheSameFieldForAnyUnitOfBrightness() {
    MedicalImage slice = KnownField.WAVE.times(new Phantom(90, 80, 1).slice());
    float[] brighter = slice.samples();
    for (int i = 0; i < brighter.length; i++) {
      brighter[i] *= 40;
    }

    assertClose(
        BiasCorrection.n4().correct(slice.withSamples(brighter)).field(),
        BiasCorrection.n4().correct(slice).field(),
        1e-3);
  }

  @Test
  void leavesAnImageAsItIsThatHasNothingToLearnFrom() {
    float[] samples = new float[20 * 30];
    MedicalImage black = MedicalImage.ofGray(20, 30, samples);
    Arrays.fill(samples, 7);
    MedicalImage constant = MedicalImage.ofGray(20, 30, samples);
    MedicalImage phantom = new Phantom(20, 30, 1).slice();

    assertThat(BiasCorrection.n4().apply(black)).isEqualTo(black);
    assertThat(BiasCorrection.n4().apply(constant)).isEqualTo(constant);
    assertThat(BiasCorrection.n4().correct(constant, Mask.above(constant, 0)).corrected())
        .isEqualTo(constant);
    assertThat(BiasCorrection.n4().correct(phantom, Mask.empty(20, 30)).corrected())
        .isEqualTo(phantom);
  }

  @Test
  void looksOnlyAtPositiveFiniteVoxelsInsideTheMask() {
    Phantom phantom = new Phantom(60, 60, 1);
    MedicalImage slice = KnownField.LINEAR.times(phantom.slice());
    Mask mask = Mask.above(slice, 50);
    float[] disturbed = slice.samples();
    for (int i = 0; i < disturbed.length; i++) {
      disturbed[i] = mask.get(i % 60, i / 60) ? disturbed[i] : 1e6f * (i % 3 - 1);
    }

    assertThat(BiasCorrection.n4().correct(slice.withSamples(disturbed), mask).field())
        .isEqualTo(BiasCorrection.n4().correct(slice, mask).field());

    int inside = 30 * 60 + 30;
    float[] holes = slice.samples();
    holes[inside] = Float.NaN;
    MedicalImage corrected =
        BiasCorrection.n4().withShrinkFactor(1).correct(slice.withSamples(holes), mask).corrected();
    assertThat(corrected.get(30, 30)).isNaN();
    assertThat(corrected.get(31, 30)).isFinite();
  }

  @Test
  void takesTheKnotsInMillimeters() {
    MedicalVolume coarse = KnownField.WAVE.times(new Phantom(40, 44, 36).volume());
    MedicalVolume fine =
        MedicalVolume.of(
            VolumeGrid.ofSize(40, 44, 36).withSpacing(VoxelSpacing.ofMillimeters(0.5)),
            coarse.samples());
    BiasCorrection correction = BiasCorrection.n4().withShrinkFactor(2);

    assertThat(correction.withKnotSpacingMm(20).correct(fine).field().samples())
        .isEqualTo(
            correction
                .withKnotSpacingMm(40)
                .correct(
                    MedicalVolume.of(
                        fine.grid().withSpacing(VoxelSpacing.ofMillimeters(1)), fine.samples()))
                .field()
                .samples());
  }

  @Test
  void aProgressCancels() {
    MedicalImage slice = KnownField.WAVE.times(new Phantom(60, 60, 1).slice());

    assertThatThrownBy(() -> BiasCorrection.n4().withProgress(new Cancelled()).correct(slice))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("level 1, iteration 1");
  }

  private static final class Cancelled implements Progress {
    @Override
    public void advanced(String what, long done, long total) {}

    @Override
    public boolean isCancelled() {
      return true;
    }
  }

  @Test
  void tellsItsProgress() {
    List<String> calls = new ArrayList<>();
    MedicalImage slice = KnownField.WAVE.times(new Phantom(60, 60, 1).slice());

    BiasCorrection.Corrected<MedicalImage> result =
        BiasCorrection.n4()
            .withLevels(2)
            .withIterations(3)
            .withProgress((what, done, total) -> calls.add(what + ": " + done + " of " + total))
            .correct(slice);

    assertThat(calls)
        .hasSize(result.iterations())
        .startsWith("level 1, iteration 1: 1 of 6", "level 1, iteration 2: 2 of 6")
        .anyMatch(call -> call.startsWith("level 2, iteration 1: "));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aLevelEndsAfterItsIterations(int iterations) {
    MedicalImage slice = KnownField.WAVE.times(new Phantom(60, 60, 1).slice());

    assertThat(
            BiasCorrection.n4()
                .withLevels(1)
                .withIterations(iterations)
                .correct(slice)
                .iterations())
        .isEqualTo(iterations);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void goesThroughAsManyLevelsAsAsked(int levels) {
    Set<String> seen = new LinkedHashSet<>();
    MedicalImage slice = KnownField.WAVE.times(new Phantom(60, 60, 1).slice());

    BiasCorrection.Corrected<MedicalImage> result =
        BiasCorrection.n4()
            .withLevels(levels)
            .withIterations(1)
            .withProgress((what, done, total) -> seen.add(what + " of " + total))
            .correct(slice);

    assertThat(result.iterations()).isEqualTo(levels);
    assertThat(seen)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, levels)
                .mapToObj(level -> "level " + level + ", iteration 1 of " + levels)
                .toList());
  }

  @Test
  void theFieldBendsMoreOftenTheCloserTheKnotsAre() {
    // Between two knots a cubic spline is one polynomial of degree 3: its fourth difference is 0.
    assertThat(largestFourthDifference(1000)).isLessThan(1e-5);
    assertThat(largestFourthDifference(10)).isGreaterThan(1e-4);
  }

  /** Of the logarithm of the field along a row of an image 60 mm wide. */
  private static double largestFourthDifference(double knotSpacingMm) {
    MedicalImage slice =
        KnownField.WAVE.times(new Phantom(60, 60, 1).slice()).withSpacing(Spacing.ofMillimeters(1));
    MedicalImage field =
        BiasCorrection.n4()
            .withLevels(1)
            .withShrinkFactor(1)
            .withKnotSpacingMm(knotSpacingMm)
            .correct(slice)
            .field();
    double[] differences =
        IntStream.range(0, 60).mapToDouble(x -> Math.log(field.get(x, 30))).toArray();
    for (int order = 1; order <= 4; order++) {
      for (int x = 0; x < 60 - order; x++) {
        differences[x] = differences[x + 1] - differences[x];
      }
    }
    return Arrays.stream(differences, 0, 56).map(Math::abs).max().orElseThrow();
  }

  @Test
  void anInterruptCancels() {
    MedicalImage slice = new Phantom(60, 60, 1).slice();
    Interrupted.assertEnds(
        () -> BiasCorrection.n4().apply(slice), "interrupted at level 1, iteration 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0})
  void rejectsOptionsOutOfRange(int value) {
    BiasCorrection n4 = BiasCorrection.n4();

    assertThatThrownBy(() -> n4.withLevels(value))
        .hasMessage("levels must be 1 to 8, got " + value);
    assertThatThrownBy(() -> n4.withIterations(value))
        .hasMessage("iterations must be positive, got " + value);
    assertThatThrownBy(() -> n4.withShrinkFactor(value))
        .hasMessage("shrinkFactor must be positive, got " + value);
    assertThatThrownBy(() -> n4.withKnotSpacingMm(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("knotSpacingMm must be positive and finite");
  }

  @Test
  void rejectsMasksOfAnotherGridAndColor() {
    MedicalImage slice = new Phantom(60, 50, 1).slice();
    MedicalVolume volume = new Phantom(6, 5, 4).volume();

    assertThatThrownBy(() -> BiasCorrection.n4().correct(slice, Mask.empty(50, 60)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mask must have the size of the image, 60 x 50, got 50 x 60");
    VolumeMask other = VolumeMask.empty(VolumeGrid.ofSize(5, 5, 4));
    assertThatThrownBy(() -> BiasCorrection.n4().correct(volume, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("mask must lie on the volume's grid, ");
    assertThatThrownBy(() -> BiasCorrection.n4().apply(MedicalImage.of(1, 1, 3, new float[3])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("image must be gray (1 channel), got 3");
  }

  @Test
  void n4TakesAKnownFieldOffARealHead() throws IOException {
    Path data = Path.of(System.getProperty("brain.data", "../../shared/data"), "skull-strip");
    assumeTrue(Files.isDirectory(data), () -> "no real images: " + data + " is absent");
    MedicalVolume head = MedicalVolumeReader.withDefaults().read(data.resolve("ch2.nii.gz"));
    boolean[] whiteMatter =
        WhiteMatter.of(MedicalVolumeReader.withDefaults().read(data.resolve("ch2bet.nii.gz")));
    double uncorrupted = WhiteMatter.variation(head.samples(), whiteMatter);
    MedicalVolume corrupted = KnownField.WAVE.times(head);
    assertThat(WhiteMatter.variation(corrupted.samples(), whiteMatter))
        .isGreaterThan(2 * uncorrupted);

    MedicalVolume corrected = BiasCorrection.n4().correct(corrupted).corrected();

    assertThat(WhiteMatter.variation(corrected.samples(), whiteMatter))
        .isLessThan(1.1 * uncorrupted);
  }

  private static MedicalImage flat(float[] samples) {
    return MedicalImage.ofGray(samples.length, 1, samples);
  }

  @Nested
  class OfVolumes extends VolumeTransformContract {

    @Override
    protected VolumeTransform transform() {
      return BiasCorrection.n4();
    }
  }
}
