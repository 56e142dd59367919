package io.github.brainimaging.core.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RandomLesionTest {

  private static final int SIZE = 96;
  private static final int PIXELS = SIZE * SIZE;

  /** A disc with tissue of two gray values, and an empty mask behind it. */
  private static MedicalImage head() {
    float[] samples = new float[2 * PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      int row = i / SIZE;
      double r = Math.hypot(i % SIZE - 47.5, row - 47.5);
      samples[i] = r > 44 ? 0 : r > 40 ? 250 : (i / 8) % 2 == 0 ? 100 : 140;
    }
    return MedicalImage.wrap(SIZE, SIZE, 2, samples);
  }

  private static MedicalImage paint(RandomLesion lesion, int seed) {
    return lesion.apply(head(), new SplittableRandom(seed));
  }

  private static int area(MedicalImage painted) {
    int n = 0;
    for (int i = PIXELS; i < 2 * PIXELS; i++) {
      n += painted.samples()[i] > 0.5 ? 1 : 0;
    }
    return n;
  }

  @Test
  void theMaskIsWhereTheImageChanged() {
    float[] before = head().samples();
    int changedInside = 0;
    int inside = 0;
    for (int seed = 0; seed < 40; seed++) {
      float[] after = paint(RandomLesion.withDefaults(), seed).samples();
      for (int i = 0; i < PIXELS; i++) {
        if (after[PIXELS + i] == 1) {
          inside++;
          changedInside += after[i] != before[i] ? 1 : 0;
        }
      }
    }
    assertThat(inside).isPositive();
    assertThat(changedInside).isGreaterThan((int) (0.95 * inside));
  }

  @Test
  void liesInsideTheHeadAndWithinItsRange() {
    float[] before = head().samples();
    for (int seed = 0; seed < 40; seed++) {
      float[] after = paint(RandomLesion.withDefaults(), seed).samples();
      for (int i = 0; i < PIXELS; i++) {
        assertThat(after[i]).isBetween(0f, 250f);
        if (before[i] == 0) {
          assertThat(after[i]).isZero();
          assertThat(after[PIXELS + i]).isZero();
        }
      }
    }
  }

  @Test
  void theRadiusIsAShareOfTheWidth() {
    double sum = 0;
    for (int seed = 0; seed < 60; seed++) {
      sum +=
          Math.sqrt(area(paint(RandomLesion.withDefaults().withRadius(0.1, 0.1), seed)) / Math.PI);
    }

    // Uneven borders add a little: their mean square is above the square of their mean.
    assertThat(sum / 60 / SIZE).isBetween(0.09, 0.115);
  }

  @Test
  void someAreBrighterAndSomeDarkerThanTheirSurroundings() {
    int brighter = 0;
    int darker = 0;
    float[] before = head().samples();
    for (int seed = 0; seed < 60; seed++) {
      float[] after = paint(RandomLesion.withDefaults(), seed).samples();
      double change = 0;
      for (int i = 0; i < PIXELS; i++) {
        change += after[PIXELS + i] * (after[i] - before[i]);
      }
      brighter += change > 0 ? 1 : 0;
      darker += change < 0 ? 1 : 0;
    }
    assertThat(brighter).isGreaterThan(20);
    assertThat(darker).isGreaterThan(8);
  }

  @Test
  void leavesASliceThatHasALesion() {
    float[] samples = head().samples();
    samples[PIXELS + 50] = 1;
    MedicalImage ill = MedicalImage.wrap(SIZE, SIZE, 2, samples);

    assertThat(RandomLesion.withDefaults().apply(ill, new SplittableRandom(1))).isSameAs(ill);
  }

  @Test
  void leavesAHeadThatHasNoPlaceForOne() {
    RandomGenerator random = new SplittableRandom(1);
    MedicalImage constant = MedicalImage.wrap(8, 8, 2, new float[128]);
    float[] hollow = head().samples();
    for (int i = 0; i < PIXELS; i++) {
      hollow[i] = hollow[i] == 250 ? 250 : i % 2 == 0 ? Float.NaN : 0;
    }
    MedicalImage shell = MedicalImage.wrap(SIZE, SIZE, 2, hollow);

    assertThat(RandomLesion.withDefaults().apply(constant, random)).isSameAs(constant);
    assertThat(RandomLesion.withDefaults().apply(shell, random)).isSameAs(shell);
  }

  @Test
  void equalGeneratorsPaintTheSameAndTheInputStays() {
    MedicalImage input = head();

    assertThat(paint(RandomLesion.withDefaults(), 3))
        .isEqualTo(paint(RandomLesion.withDefaults(), 3));
    assertThat(RandomLesion.withDefaults().apply(input, new SplittableRandom(3)))
        .isNotEqualTo(input);
    assertThat(input).isEqualTo(head());
  }

  @Test
  void needsAMaskAndTellsItsSettings() {
    assertThatThrownBy(
            () ->
                RandomLesion.withDefaults()
                    .apply(MedicalImage.ofGray(2, 1, new float[] {0, 1}), new SplittableRandom(1)))
        .hasMessageContaining("mask as last channel, got 1 channel");
    assertThatThrownBy(() -> RandomLesion.withDefaults().withRadius(0, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RandomLesion.withDefaults().withRadius(0.1, 0.6))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RandomLesion.withDefaults().withContrast(-1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(RandomLesion.withDefaults().withRadius(0.1, 0.2).withContrast(1, 3))
        .hasToString(
            "RandomLesion[radius=Range[low=0.1, high=0.2], contrast=Range[low=1.0, high=3.0]]");
  }

  /**
   * What each of twelve seeds changes, weighted by place so that a lesion elsewhere or of another
   * look shows: values of this class on 2026-11-26. A training that goes on must paint as before.
   */
  @Test
  void aSeedPaintsWhatItAlwaysPainted() {
    double[] known = {
      138374.04, 13224.73, 65089.23, -8690.80, 22070.60, 8300.47, 32666.15, -28444.48, 42424.74,
      -12870.93, 4738.98, -31310.75
    };
    float[] before = head().samples();
    for (int seed = 0; seed < known.length; seed++) {
      float[] after = paint(RandomLesion.withDefaults(), seed).samples();
      double sum = 0;
      for (int i = 0; i < PIXELS; i++) {
        sum += (after[i] - before[i]) * (1 + i % 7) + after[PIXELS + i] * (i % 11);
      }
      assertThat(sum).as("seed %s", seed).isCloseTo(known[seed], within(0.5));
    }
  }
}
