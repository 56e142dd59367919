package io.github.brainimaging.core.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.transform.ImageAssertions;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every augmentation. */
abstract class AugmentationContract {

  /** The augmentation under test. */
  abstract Augmentation augmentation();

  static Stream<MedicalImage> inputs() {
    int[][] sizes = {{1, 1}, {7, 1}, {1, 6}, {19, 8}};
    SplittableRandom random = new SplittableRandom(1);
    return IntStream.of(1, 3)
        .boxed()
        .flatMap(
            channels ->
                Stream.of(sizes).map(s -> ImageAssertions.random(s[0], s[1], channels, random)))
        .flatMap(i -> Stream.of(i, i.withNominalMaximum(255).withSpacing(new Spacing(0.5, 2))))
        .map(i -> i.withModality(Modality.MR_T2));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void leavesTheInputAsItIs(MedicalImage input) {
    MedicalImage before = input.withSamples(input.samples());

    MedicalImage output = augmentation().apply(input, new SplittableRandom(5));

    assertThat(output).isNotNull();
    assertThat(input).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void givesTheSameForTheSameGeneratorState(MedicalImage input) {
    for (int seed = 0; seed < 5; seed++) {
      assertThat(augmentation().apply(input, new SplittableRandom(seed)))
          .isEqualTo(augmentation().apply(input, new SplittableRandom(seed)));
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void keepsAllButTheSamples(MedicalImage input) {
    for (int seed = 0; seed < 5; seed++) {
      MedicalImage output = augmentation().apply(input, new SplittableRandom(seed));

      assertThat(output.withSamples(input.samples())).isEqualTo(input);
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void givesFiniteSamples(MedicalImage input) {
    for (float v : augmentation().apply(input, new SplittableRandom(5)).samples()) {
      assertThat(v).isFinite();
    }
  }

  @Test
  void givesDifferentImagesOverTime() {
    MedicalImage input = ImageAssertions.random(16, 12, 1, new SplittableRandom(2));
    SplittableRandom random = new SplittableRandom(5);

    assertThat(IntStream.range(0, 20).mapToObj(i -> augmentation().apply(input, random)).distinct())
        .hasSizeGreaterThan(1);
  }

  @Test
  void takesAnImageWithoutFiniteSamples() {
    MedicalImage nothing = MedicalImage.ofGray(2, 1, new float[] {Float.NaN, Float.NaN});

    assertThat(augmentation().apply(nothing, new SplittableRandom(5)).samples())
        .containsOnly(Float.NaN);
  }

  @Test
  void tellsItsSettings() {
    assertThat(augmentation().toString())
        .isEqualTo(augmentation().toString())
        .contains("=")
        .doesNotContain("@");
  }
}
