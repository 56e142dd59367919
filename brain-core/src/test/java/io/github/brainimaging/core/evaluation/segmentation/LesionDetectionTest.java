package io.github.brainimaging.core.evaluation.segmentation;

import static io.github.brainimaging.core.evaluation.segmentation.SegmentationEvaluationTest.mask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Agreement with SciPy is tested in {@link SegmentationEvaluationTest}. */
class LesionDetectionTest {

  private static final Mask TRUTH =
      mask(
          List.of(
              "##....#...", //
              "##.....#..",
              "..........",
              "........##"));

  @Test
  void onePredictionMayFindTwoLesions() {
    Mask predicted =
        mask(
            List.of(
                ".######...", //
                "..........",
                "...#......",
                ".........."));

    LesionDetection detection = LesionDetection.byOverlap(TRUTH, predicted);

    assertThat(detection).isEqualTo(new LesionDetection(3, 2, 2, 1));
    assertThat(detection.falseNegatives()).isEqualTo(1);
    assertThat(detection.falsePositives()).isEqualTo(1);
    assertThat(detection.sensitivity()).isEqualTo(2.0 / 3);
    assertThat(detection.precision()).isEqualTo(0.5);
    assertThat(detection.f1()).isEqualTo(4.0 / 7, within(1e-12));
  }

  @Test
  void aPairNeedsEnoughInCommon() {
    Mask predicted =
        mask(
            List.of(
                "###...#...", // 4 of 5 of the first, half of the second
                "##........",
                "..........",
                ".........."));

    assertThat(LesionDetection.byIou(TRUTH, predicted, 0.8).found()).isEqualTo(1);
    assertThat(LesionDetection.byIou(TRUTH, predicted, 0.5).found()).isEqualTo(2);
    assertThat(LesionDetection.byIou(TRUTH, predicted, 0.81).found()).isZero();
    assertThatThrownBy(() -> LesionDetection.byIou(TRUTH, predicted, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("minimumIou must be above 0 and at most 1, got 0.0");
  }

  @Test
  void theLesionsThatOverlapMostArePairedFirst() {
    // The left two have 7 of 10 in common, the right two 6 of 10. The left lesion and the right
    // prediction have 2 of 18: were they a pair, the others would stay alone.
    Mask truth =
        mask(
            List.of(
                ".................", //
                "##########.######"));
    Mask predicted =
        mask(
            List.of(
                "............#....", //
                "#######.#########"));

    assertThat(LesionDetection.byIou(truth, predicted, 0.1))
        .isEqualTo(new LesionDetection(2, 2, 2, 2));
    assertThat(LesionDetection.byIou(predicted, truth, 0.1))
        .isEqualTo(new LesionDetection(2, 2, 2, 2));
  }

  @Test
  void twoEmptyMasksAgree() {
    LesionDetection none = LesionDetection.byOverlap(Mask.empty(3, 3), Mask.empty(3, 3));

    assertThat(none).isEqualTo(LesionDetection.NONE);
    assertThat(none.f1()).isEqualTo(1);
    assertThat(none.sensitivity()).isNaN();
    assertThat(none.precision()).isNaN();
  }

  @Test
  void oneEmptyMaskIsNoAgreement() {
    Mask empty = Mask.empty(10, 4);

    assertThat(LesionDetection.byOverlap(TRUTH, empty)).isEqualTo(new LesionDetection(3, 0, 0, 0));
    assertThat(LesionDetection.byOverlap(TRUTH, empty).f1()).isZero();
    assertThat(LesionDetection.byOverlap(empty, TRUTH).f1()).isZero();
  }

  @Test
  void casesAddUp() {
    assertThat(new LesionDetection(3, 2, 2, 1).plus(new LesionDetection(1, 1, 4, 3)))
        .isEqualTo(new LesionDetection(4, 3, 6, 4));
    assertThatThrownBy(() -> new LesionDetection(1, 2, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("found must be between 0 and trueLesions = 1, got 2");
  }

  @Test
  void equalMasksAgreeHoweverManyLesionsTheyHave() {
    Mask many = mask(List.of("#.".repeat(40)));

    assertThat(LesionDetection.byIou(many, many, 1)).isEqualTo(new LesionDetection(40, 40, 40, 40));
  }

  @Test
  void lesionsWithASliceBetweenThemAreNotConnected() {
    VolumeGrid grid = VolumeGrid.ofSize(3, 3, 3);
    boolean[] inside = new boolean[27];
    inside[1 + 3] = true; // (1, 1, 0)
    inside[18] = true; // (0, 0, 2)
    VolumeMask two = VolumeMask.wrap(grid, inside);

    assertThat(LesionDetection.byOverlap(two, two)).isEqualTo(new LesionDetection(2, 2, 2, 2));
  }

  @Test
  void masksMustFitTogetherAndCountsToo() {
    Mask wide = Mask.empty(4, 3);
    Mask high = Mask.empty(3, 4);
    VolumeMask flat = VolumeMask.empty(VolumeGrid.ofSize(2, 3, 4));
    VolumeMask tall = VolumeMask.empty(VolumeGrid.ofSize(4, 3, 2));

    assertThat(
            List.<ThrowingCallable>of(
                () -> LesionDetection.byOverlap(wide, high),
                () -> LesionDetection.byIou(wide, high, 0.5),
                () -> SurfaceDistances.inPixels(wide, high)))
        .allSatisfy(
            call ->
                assertThatThrownBy(call)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("predicted must have the size of truth = 4 x 3, got 3 x 4"));
    assertThat(
            List.<ThrowingCallable>of(
                () -> LesionDetection.byOverlap(flat, tall),
                () -> LesionDetection.byIou(flat, tall, 0.5),
                () -> Overlap.of(flat, tall),
                () -> SurfaceDistances.of(flat, tall)))
        .allSatisfy(
            call ->
                assertThatThrownBy(call)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("predicted must have the grid of truth"));
    assertThatThrownBy(() -> new LesionDetection(1, 1, 2, 3))
        .hasMessage("correct must be between 0 and predictedLesions = 2, got 3");
    assertThatThrownBy(() -> new Overlap(1, -1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("counts must not be negative, got 1, -1, 0");
  }
}
