package io.github.brainimaging.segmentation.tumor;

import static io.github.brainimaging.segmentation.HeadPhantom.dice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.segmentation.HeadPhantom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkovRefinementTest {

  private static final int SIZE = 60;
  private static final Mask ALL = disk(1_000);
  private static final Mask TRUTH = disk(15);
  private static final MedicalImage IMAGE = noisy(20);

  private static Mask disk(double radius) {
    boolean[] inside = new boolean[SIZE * SIZE];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = Math.hypot(i % SIZE - 27, i / SIZE - 31) < radius;
    }
    return Mask.wrap(SIZE, SIZE, inside);
  }

  /** The true disk has 150, what is around it 100, and everything noise. */
  private static MedicalImage noisy(double deviation) {
    Random random = new Random(5);
    float[] samples = new float[SIZE * SIZE];
    for (int i = 0; i < samples.length; i++) {
      boolean inside = TRUTH.get(i % SIZE, i / SIZE);
      samples[i] = (float) ((inside ? 150 : 100) + deviation * random.nextGaussian());
    }
    return MedicalImage.ofGray(SIZE, SIZE, samples);
  }

  private static Mask refine(MarkovRefinement refinement, Mask mask) {
    return refinement.refine(IMAGE, mask, ALL);
  }

  @ParameterizedTest
  @ValueSource(doubles = {13, 14, 16, 17})
  void findsTheOutlineOfADiskInNoise(double radius) {
    Mask start = disk(radius);

    Mask refined = refine(MarkovRefinement.withDefaults(), start);

    assertThat(dice(refined, TRUTH)).isGreaterThan(0.97).isGreaterThan(dice(start, TRUTH));
  }

  @Test
  void isRoughWithoutNeighbors() {
    Mask smooth = refine(MarkovRefinement.withDefaults(), TRUTH);
    Mask rough = refine(MarkovRefinement.withDefaults().withBeta(0), TRUTH);

    assertThat(dice(rough, TRUTH)).isLessThan(dice(smooth, TRUTH) - 0.03);
  }

  @Test
  void movesAnOutlineNoFartherThanItsReach() {
    boolean[] inside =
        refine(MarkovRefinement.withDefaults().withReachPixels(2), disk(19)).toArray();

    for (int i = 0; i < inside.length; i++) {
      double distance = Math.hypot(i % SIZE - 27, i / SIZE - 31);
      assertThat(inside[i] ? distance < 21.5 : distance > 16).isTrue();
    }
    assertThat(Mask.wrap(SIZE, SIZE, inside).count()).isBetween(disk(16).count(), disk(18).count());
  }

  @Test
  void endsAfterItsIterations() {
    Mask once = refine(MarkovRefinement.withDefaults().withIterations(1), disk(13));
    Mask more = refine(MarkovRefinement.withDefaults(), disk(13));

    assertThat(dice(once, TRUTH)).isLessThan(dice(more, TRUTH));
  }

  @Test
  void staysWithinTheMaskThatIsAllowed() {
    Mask half = Mask.above(MedicalImage.ofGray(SIZE, SIZE, columns()), 27);

    Mask refined = MarkovRefinement.withDefaults().refine(IMAGE, disk(14), half);

    assertThat(refined.boundingBox().orElseThrow().x()).isEqualTo(28);
    assertThat(MarkovRefinement.withDefaults().refine(IMAGE, TRUTH, disk(0)).isEmpty()).isTrue();
  }

  private static float[] columns() {
    float[] samples = new float[SIZE * SIZE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i % SIZE;
    }
    return samples;
  }

  @Test
  void mirrorsWithTheImage() {
    MedicalImage mask = HeadPhantom.mirrored(disk(13).toImage());

    Mask mirrored =
        MarkovRefinement.withDefaults()
            .refine(HeadPhantom.mirrored(IMAGE), Mask.above(mask, 0), ALL);

    Mask plain = refine(MarkovRefinement.withDefaults(), disk(13));
    assertThat(mirrored).isEqualTo(Mask.above(HeadPhantom.mirrored(plain.toImage()), 0));
  }

  @ParameterizedTest
  @ValueSource(floats = {0.01f, -1, 100})
  void doesNotDependOnScaleOffsetAndSign(float scale) {
    MedicalImage moved = HeadPhantom.moved(IMAGE, scale, 500);

    Mask refined = MarkovRefinement.withDefaults().refine(moved, disk(13), ALL);

    assertThat(dice(refined, refine(MarkovRefinement.withDefaults(), disk(13))))
        .isGreaterThan(0.995);
  }

  @Test
  void leavesAsItIsWhatTellsNothing() {
    float[] flat = new float[SIZE * SIZE];
    Arrays.fill(flat, 7);
    MedicalImage constant = MedicalImage.ofGray(SIZE, SIZE, flat);
    MarkovRefinement refinement = MarkovRefinement.withDefaults();

    assertThat(refinement.refine(constant, TRUTH, ALL)).isEqualTo(TRUTH);
    assertThat(refine(refinement, ALL)).isEqualTo(ALL);
    assertThat(refine(refinement, disk(0))).isEqualTo(disk(0));
  }

  @Test
  void rejectsWhatItCannotUse() {
    MarkovRefinement refinement = MarkovRefinement.withDefaults();

    assertThatThrownBy(() -> refinement.withBeta(Double.NaN))
        .hasMessage("beta must be 0 or more and finite, got NaN");
    assertThatThrownBy(() -> refinement.withIterations(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("iterations");
    assertThatThrownBy(() -> refinement.withReachPixels(0))
        .hasMessage("reachPixels must be between 1 and 1000, got 0");
    assertThatThrownBy(() -> refine(refinement, Mask.empty(2, 2)))
        .hasMessageStartingWith("mask must be of the image's size 60 x 60");
    assertThatThrownBy(() -> refinement.refine(IMAGE, TRUTH, Mask.empty(2, 2)))
        .hasMessageStartingWith("within must be of the image's size 60 x 60");
  }
}
