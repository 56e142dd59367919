package io.github.brainimaging.core.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MapScoreTest {

  private static final MedicalImage MAP =
      MedicalImage.ofGray(4, 3, new float[] {0, 0, 0, 0, -4, 2, 8, 0, 0, 2, 4, 0});

  private static Mask truth(int... pixels) {
    boolean[] inside = new boolean[12];
    IntStream.of(pixels).forEach(i -> inside[i] = true);
    return Mask.of(4, 3, inside);
  }

  @Test
  void aMapIsScaledToItsHighestValue() {
    Explanation explanation = Explanation.of("hand", "a", MAP);

    assertThat(explanation.strength()).isEqualTo(8);
    assertThat(explanation.map().samples())
        .containsExactly(0, 0, 0, 0, -0.5f, 0.25f, 1, 0, 0, 0.25f, 0.5f, 0);
    assertThat(explanation.boxes(0.5)).containsExactly(new BoundingBox(2, 1, 1, 2));
    assertThat(explanation.boxes(0.25)).containsExactly(new BoundingBox(1, 1, 2, 2));
    assertThat(explanation).hasToString("Explanation[hand of a, strength 8.0000, 4x3]");
  }

  @Test
  void theStrongestBoxComesFirst() {
    MedicalImage two = MedicalImage.ofGray(4, 1, new float[] {3, 0, 0, 4});

    assertThat(Explanation.of("hand", "a", two).boxes(0.5))
        .containsExactly(new BoundingBox(3, 0, 1, 1), new BoundingBox(0, 0, 1, 1));
  }

  @Test
  void effectsMustBeFiniteAndOfOneChannel() {
    MedicalImage nan = MedicalImage.ofGray(1, 1, new float[] {Float.NaN});
    MedicalImage colors = MedicalImage.of(1, 1, 3, new float[3]);

    assertThatThrownBy(() -> Explanation.of("hand", "a", nan)).hasMessageContaining("finite");
    assertThatThrownBy(() -> Explanation.of("hand", "a", colors)).hasMessageContaining("channel");
  }

  @Test
  void aMapOnTheTruthIsBest() {
    MapScore score = MapScore.of(Explanation.of("hand", "a", MAP), truth(6, 10));

    assertThat(score.peakDistancePixels()).isZero();
    assertThat(score.energyInside()).isCloseTo(12.0 / 16, within(1e-6));
    assertThat(score.dice()).isEqualTo(1);
  }

  @Test
  void aMapBesideTheTruthIsMeasured() {
    MapScore score = MapScore.of(Explanation.of("hand", "a", MAP), truth(9, 3));

    assertThat(score.peakDistancePixels()).isCloseTo(Math.sqrt(2), within(1e-6));
    assertThat(score.energyInside()).isCloseTo(2.0 / 16, within(1e-6));
    assertThat(score.dice()).isZero();
    assertThat(score.hit(256)).isTrue();
    assertThat(score.hit(16)).isFalse();
  }

  @Test
  void aMapOfNothingHitsNothing() {
    MedicalImage zeros = MedicalImage.ofGray(4, 3, new float[12]);
    MapScore score = MapScore.of(Explanation.of("hand", "a", zeros), truth(1));

    assertThat(score.hit(256)).isFalse();
    assertThat(score.energyInside()).isZero();
  }

  @Test
  void twoMapsAreComparedByTheirRanks() {
    MedicalImage ranks = MedicalImage.ofGray(4, 1, new float[] {-2, -1, 1, 2});
    Explanation one = Explanation.of("hand", "a", ranks);
    float[] turned = ranks.samples();
    for (int i = 0; i < turned.length; i++) {
      turned[i] = -turned[i];
    }

    assertThat(one.rankCorrelation(one)).isCloseTo(1, within(1e-9));
    assertThat(one.rankCorrelation(Explanation.of("hand", "a", ranks.withSamples(turned))))
        .isCloseTo(-1, within(1e-9));
    assertThat(one.rankCorrelation(Explanation.of("hand", "a", ranks.withSamples(new float[4]))))
        .isNaN();
  }

  @Test
  void sizesMustAgree() {
    Explanation explanation = Explanation.of("hand", "a", MAP);

    assertThatThrownBy(() -> MapScore.of(explanation, Mask.empty(3, 4)))
        .hasMessage("truth must have the size of the map = 4 x 3, got 3 x 4");
    assertThatThrownBy(() -> MapScore.of(explanation, Mask.empty(4, 3)))
        .hasMessageContaining("must not be empty");
  }
}
