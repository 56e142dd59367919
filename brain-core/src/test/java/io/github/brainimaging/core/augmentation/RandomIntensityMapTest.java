package io.github.brainimaging.core.augmentation;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomIntensityMapTest extends AugmentationContract {

  /** Threshold 10.0 or so: the first sample alone is background. */
  private static final MedicalImage RAMP =
      MedicalImage.ofGray(6, 1, new float[] {0, 20, 40, 60, 80, 100});

  @Override
  Augmentation augmentation() {
    return RandomIntensityMap.free().withInversion(0.5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aMonotoneMapKeepsTheOrder(long seed) {
    float[] mapped = mapped(RandomIntensityMap.monotone().withStrength(1, 1), seed);

    assertThat(mapped).isSorted().isNotEqualTo(RAMP.samples());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anInvertedMonotoneMapTurnsTheOrderOfTheForeground(long seed) {
    float[] mapped =
        mapped(RandomIntensityMap.monotone().withStrength(1, 1).withInversion(1), seed);

    for (int i = 2; i < mapped.length; i++) {
      assertThat(mapped[i]).isLessThanOrEqualTo(mapped[i - 1]);
    }
  }

  @Test
  void aFreeMapBreaksTheOrderSoonerOrLater() {
    int broken = 0;
    for (int seed = 0; seed < 20; seed++) {
      float[] mapped = mapped(RandomIntensityMap.free().withStrength(1, 1), seed);
      float[] sorted = mapped.clone();
      Arrays.sort(sorted);
      broken += Arrays.equals(mapped, sorted) ? 0 : 1;
    }

    assertThat(broken).isGreaterThan(15);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theBackgroundStaysTheDarkestAndTheRangeIsNotLeft(long seed) {
    float[] mapped = mapped(RandomIntensityMap.free().withStrength(1, 1), seed);

    assertThat(mapped[0]).isZero();
    for (int i = 1; i < mapped.length; i++) {
      assertThat(mapped[i]).isBetween(9f, 100f);
    }
  }

  @Test
  void equalDrawsGiveOneGrayValueHalfWayUp() {
    // Threshold: 10 % between the 1st percentile (1) and the 99th (99).
    double threshold = 1 + 0.1 * 98;
    float middle = (float) ((threshold + 100) / 2);

    assertClose(
        RandomIntensityMap.free().withStrength(1, 1).apply(RAMP, new FixedGenerator(0.5)),
        RAMP.withSamples(new float[] {0, middle, middle, middle, middle, middle}),
        1e-3);
  }

  @Test
  void theStrengthMixesWithTheImageAsItWas() {
    double threshold = 1 + 0.1 * 98;
    float middle = (float) ((threshold + 100) / 2);
    float[] half = {0, 0, 0, 0, 0, 0};
    for (int i = 1; i < half.length; i++) {
      half[i] = (20 * i + middle) / 2;
    }

    assertClose(
        RandomIntensityMap.free().withStrength(0.5, 0.5).apply(RAMP, new FixedGenerator(0.5)),
        RAMP.withSamples(half),
        1e-3);
    assertThat(mapped(RandomIntensityMap.free().withStrength(0, 0), 3)).isEqualTo(RAMP.samples());
  }

  @Test
  void twoKnotsMakeAStraightLine() {
    float[] mapped = mapped(RandomIntensityMap.monotone().withStrength(1, 1).withKnots(2), 7);

    for (int i = 3; i < mapped.length; i++) {
      assertThat(mapped[i] - mapped[i - 1]).isCloseTo(mapped[2] - mapped[1], offset(1e-3f));
    }
  }

  @Test
  void leavesAConstantImageAndWhatIsNotFinite() {
    MedicalImage constant = MedicalImage.ofGray(2, 1, new float[] {3, 3});
    MedicalImage holes =
        MedicalImage.ofGray(5, 1, new float[] {0, Float.NaN, 50, Float.NEGATIVE_INFINITY, 100});

    assertThat(augmentation().apply(constant, new FixedGenerator(0.3))).isSameAs(constant);
    assertThat(augmentation().apply(holes, new FixedGenerator(0.3)).samples())
        .contains(Float.NaN, Float.NEGATIVE_INFINITY);
  }

  @Test
  void tellsEverySetting() {
    assertThat(RandomIntensityMap.free().withKnots(4).withInversion(0.25).withStrength(0.5, 1))
        .hasToString(
            "RandomIntensityMap[ordered=false, knots=4, inversion=0.25, strength=Range[low=0.5,"
                + " high=1.0]]");
  }

  @ParameterizedTest
  @CsvSource({"-0.1,1", "0.5,0.4", "NaN,1", "0,1.1"})
  void rejectsStrengthsOutOfRange(double low, double high) {
    assertThatThrownBy(() -> RandomIntensityMap.free().withStrength(low, high))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rejectsKnotsAndProbabilitiesOutOfRange() {
    assertThatThrownBy(() -> RandomIntensityMap.free().withKnots(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2, got 1");
    assertThatThrownBy(() -> RandomIntensityMap.free().withInversion(1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 1, got 1.5");
  }

  private static float[] mapped(RandomIntensityMap map, long seed) {
    return map.apply(RAMP, new SplittableRandom(seed)).samples();
  }
}
