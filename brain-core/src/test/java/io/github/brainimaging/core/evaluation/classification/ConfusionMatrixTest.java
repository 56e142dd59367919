package io.github.brainimaging.core.evaluation.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

  private static final ConfusionMatrix MATRIX =
      ConfusionMatrix.of(
          List.of("a", "b", "c"),
          List.of("a", "a", "a", "b", "c"),
          List.of("a", "b", "b", "b", "a"));

  @Test
  void hasTruthInRowsAndPredictionsInColumns() {
    assertThat(MATRIX.toArray()).isDeepEqualTo(new int[][] {{1, 2, 0}, {0, 1, 0}, {1, 0, 0}});
    assertThat(MATRIX.count("a", "b")).isEqualTo(2);
    assertThat(MATRIX.count("b", "a")).isZero();
    assertThat(MATRIX.truthCount("a")).isEqualTo(3);
    assertThat(MATRIX.predictedCount("b")).isEqualTo(3);
    assertThat(MATRIX.predictedCount("c")).isZero();
    assertThat(MATRIX.total()).isEqualTo(5);
    assertThat(MATRIX.correct()).isEqualTo(2);
  }

  @Test
  void cannotBeChangedThroughItsArray() {
    MATRIX.toArray()[0][0] = 99;
    assertThat(MATRIX.count("a", "a")).isEqualTo(1);
  }

  @Test
  void rejectsUnknownAndRepeatedLabels() {
    assertThatThrownBy(() -> MATRIX.count("a", "x"))
        .hasMessage("label must be one of [a, b, c], got x");
    assertThatThrownBy(() -> ConfusionMatrix.of(List.of("a"), List.of("b"), List.of("a")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ConfusionMatrix.of(List.of("a", "a"), List.of(), List.of()))
        .hasMessage("labels must differ and be at least one, got [a, a]");
    assertThatThrownBy(() -> ConfusionMatrix.of(List.of("a"), List.of("a"), List.of()))
        .hasMessage("predicted must hold one label per case = 1, got 0");
  }

  @Test
  void isEqualToOneOfTheSameLabelsAndCounts() {
    ConfusionMatrix same =
        ConfusionMatrix.of(
            List.of("a", "b", "c"),
            List.of("c", "b", "a", "a", "a"),
            List.of("a", "b", "b", "b", "a"));
    ConfusionMatrix otherCounts =
        ConfusionMatrix.of(List.of("a", "b", "c"), List.of("a"), List.of("a"));
    ConfusionMatrix otherLabels =
        ConfusionMatrix.of(
            List.of("a", "b", "d"),
            List.of("a", "a", "a", "b", "d"),
            List.of("a", "b", "b", "b", "a"));

    assertThat(MATRIX.labels()).containsExactly("a", "b", "c");
    assertThat(MATRIX).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(MATRIX).isNotEqualTo(otherCounts).isNotEqualTo(otherLabels).isNotEqualTo("a");
    assertThat(otherLabels.toArray()).isDeepEqualTo(MATRIX.toArray());
  }
}
