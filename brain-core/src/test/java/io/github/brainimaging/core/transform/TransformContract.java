package io.github.brainimaging.core.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.Spacing;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every transform. The defaults say that nothing but the gray values changes; a
 * transform that promises something else says so by overriding.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TransformContract {

  /** The transform under test. */
  protected abstract Transform transform();

  /** The numbers of channels it takes. */
  protected int[] acceptedChannels() {
    return new int[] {1, 2, 3, 5};
  }

  /** Width, height and channels of the output. */
  protected int[] expectedShape(MedicalImage input) {
    return new int[] {input.width(), input.height(), input.channels()};
  }

  /** Spacing of the output. */
  protected Spacing expectedSpacing(MedicalImage input) {
    return input.spacing();
  }

  /** Nominal maximum of the output. */
  protected float expectedNominalMaximum(MedicalImage input) {
    return input.nominalMaximum();
  }

  Stream<MedicalImage> inputs() {
    int[][] sizes = {{1, 1}, {7, 1}, {1, 6}, {19, 8}};
    SplittableRandom random = new SplittableRandom(1);
    return Arrays.stream(acceptedChannels())
        .boxed()
        .flatMap(
            channels ->
                Arrays.stream(sizes).map(s -> ImageAssertions.random(s[0], s[1], channels, random)))
        .map(i -> i.withModality(Modality.CT).withNominalMaximum(255))
        .flatMap(i -> Stream.of(i, i.withSpacing(new Spacing(0.5, 0.75))));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void leavesTheInputAsItIs(MedicalImage input) {
    MedicalImage before = input.withSamples(input.samples());

    MedicalImage output = transform().apply(input);

    assertThat(output).isNotNull();
    assertThat(input).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void givesTheSameTwice(MedicalImage input) {
    assertThat(transform().apply(input)).isEqualTo(transform().apply(input));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void keepsWhatItPromisesToKeep(MedicalImage input) {
    MedicalImage output = transform().apply(input);

    assertThat(new int[] {output.width(), output.height(), output.channels()})
        .containsExactly(expectedShape(input));
    assertThat(output.spacing()).isEqualTo(expectedSpacing(input));
    assertThat(output.modality()).isEqualTo(input.modality());
    assertThat(Float.compare(output.nominalMaximum(), expectedNominalMaximum(input))).isZero();
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void givesFiniteSamples(MedicalImage input) {
    for (float v : transform().apply(input).samples()) {
      assertThat(v).isFinite();
    }
  }

  @Test
  void printsItself() {
    assertThat(transform()).asString().startsWith(transform().getClass().getSimpleName() + "[");
  }
}
