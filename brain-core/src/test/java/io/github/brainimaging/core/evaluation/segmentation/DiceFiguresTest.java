package io.github.brainimaging.core.evaluation.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiceFiguresTest {

  private static final Overlap RIGHT = new Overlap(10, 0, 0);
  private static final Overlap MISSED = new Overlap(0, 0, 30);
  private static final Overlap NOTHING = new Overlap(0, 0, 0);
  private static final Overlap FALSE_FIND = new Overlap(0, 5, 0);

  @Test
  void theMedianIsTheOneInTheMiddle() {
    assertThat(
            DiceFigures.of(List.of("a", "b", "c", "d"), List.of(RIGHT, MISSED, RIGHT, RIGHT))
                .byName())
        .containsEntry("meanDice", 0.75)
        .containsEntry("medianDice", 1.0)
        .doesNotContainKeys("meanPatientDice", "emptyLeftEmpty");
  }

  @Test
  void thePatientsDiceIsThatOfAllSlicesTogether() {
    DiceFigures figures = DiceFigures.of(List.of("p", "p", "q"), List.of(RIGHT, MISSED, RIGHT));

    assertThat(figures.count()).isEqualTo(3);
    // 2 * 10 / (2 * 10 + 30) of p, 1 of q.
    assertThat(figures.byName())
        .containsEntry("meanPatientDice", 0.7)
        .containsEntry("medianPatientDice", 0.7);
  }

  @Test
  void emptyTruthIsJudgedByWhatIsFoundThere() {
    assertThat(
            DiceFigures.of(
                    List.of("a", "b", "c", "d"), List.of(NOTHING, FALSE_FIND, NOTHING, NOTHING))
                .byName())
        .containsOnlyKeys("emptyLeftEmpty")
        .containsEntry("emptyLeftEmpty", 0.75);
  }

  @Test
  void printsOneFigureALine() {
    assertThat(DiceFigures.of(List.of("a", "b"), List.of(RIGHT, MISSED)).toString().lines())
        .containsExactly("2 images", "meanDice             0.5000", "medianDice           0.5000");
  }

  @Test
  void everyImageHasAPatient() {
    assertThatThrownBy(() -> DiceFigures.of(List.of("a"), List.of(RIGHT, RIGHT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 overlaps");
  }
}
