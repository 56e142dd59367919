package io.github.brainimaging.core.evaluation.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.evaluation.segmentation.SegmentationSummary.Statistics;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.Spacing;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentationSummaryTest {

  private static final Mask EMPTY = Mask.empty(4, 1);
  private static final Mask LEFT = SegmentationEvaluationTest.mask(List.of("##.."));
  private static final Mask MIDDLE = SegmentationEvaluationTest.mask(List.of(".##."));

  private static final SegmentationSummary SUMMARY =
      SegmentationSummary.of(
          List.of(
              SegmentationEvaluation.ofTruth(LEFT).against(LEFT),
              SegmentationEvaluation.ofTruth(LEFT).against(MIDDLE),
              SegmentationEvaluation.ofTruth(LEFT).against(EMPTY),
              SegmentationEvaluation.ofTruth(EMPTY).against(LEFT),
              SegmentationEvaluation.ofTruth(EMPTY).against(EMPTY),
              SegmentationEvaluation.ofTruth(LEFT).against(EMPTY)));

  @Test
  void averagesWhatIsDefinedAndCountsWhatIsNot() {
    assertThat(SUMMARY.statistics(SegmentationEvaluation::dice))
        .isEqualTo(new Statistics(2.5 / 6, 0.25, 6, 0));
    assertThat(SUMMARY.statistics(SegmentationEvaluation::hausdorff))
        .isEqualTo(new Statistics(0.5, 0.5, 2, 4));
    assertThat(SUMMARY.statistics(SegmentationEvaluation::sensitivity).mean())
        .isEqualTo(1.5 / 4, within(1e-12));
  }

  @Test
  void countsTheKindsOfEmptyMasks() {
    assertThat(SUMMARY.count()).isEqualTo(6);
    assertThat(SUMMARY.missed()).isEqualTo(2);
    assertThat(SUMMARY.spurious()).isEqualTo(1);
    assertThat(SUMMARY.bothEmpty()).isEqualTo(1);
  }

  @Test
  void takesTheMiddleOfAnOddNumber() {
    SegmentationSummary three =
        SegmentationSummary.of(
            List.of(
                SegmentationEvaluation.ofTruth(LEFT).against(EMPTY),
                SegmentationEvaluation.ofTruth(LEFT).against(LEFT),
                SegmentationEvaluation.ofTruth(LEFT).against(MIDDLE)));

    assertThat(three.statistics(SegmentationEvaluation::dice).median()).isEqualTo(0.5);
  }

  @Test
  void printsHowManyCasesWereExcluded() {
    assertThat(SUMMARY.toString().replace(System.lineSeparator(), "\n"))
        .isEqualTo(
            """
            6 cases: 2 missed (truth, nothing predicted), 1 spurious (predicted, no truth), 1 empty in both

            measure                            mean    median  cases  excluded
            Dice                             0.4167    0.2500      6         0
            IoU                              0.3889    0.1667      6         0
            sensitivity                      0.3750    0.2500      4         2
            precision                        0.5000    0.5000      3         3
            Hausdorff (px)                   0.5000    0.5000      2         4
            HD95 (px)                        0.4750    0.4750      2         4
            average surface distance (px)    0.2500    0.2500      2         4
            size error (px)                 -0.3333    0.0000      6         0
            relative size error             -0.5000   -0.5000      4         2
            lesions: 2 of 4 found, 1 of 3 predicted are false, F1 0.5714
            """);
  }

  @Test
  void hasNoMeanWithoutCases() {
    Statistics none = SegmentationSummary.of(List.of()).statistics(SegmentationEvaluation::dice);

    assertThat(none).isEqualTo(new Statistics(Double.NaN, Double.NaN, 0, 0));
  }

  @Test
  void casesOfTwoUnitsAreCountedWithoutDistancesAndSizes() {
    SegmentationSummary summary =
        SegmentationSummary.of(
            List.of(
                SegmentationEvaluation.ofTruth(LEFT).against(LEFT),
                SegmentationEvaluation.ofTruth(LEFT, Spacing.ofMillimeters(1)).against(LEFT)));

    assertThat(summary.statistics(SegmentationEvaluation::dice))
        .isEqualTo(new Statistics(1, 1, 2, 0));
    assertThat(summary.toString())
        .contains("Dice", "distances and sizes: left out, since cases are in mm2 and px")
        .doesNotContain("Hausdorff", "size error (");
  }

  @Test
  void everyKindOfEmptyMaskIsCountedForItself() {
    SegmentationEvaluation missed = SegmentationEvaluation.ofTruth(LEFT).against(EMPTY);
    SegmentationEvaluation spurious = SegmentationEvaluation.ofTruth(EMPTY).against(LEFT);
    SegmentationEvaluation empty = SegmentationEvaluation.ofTruth(EMPTY).against(EMPTY);
    SegmentationEvaluation both = SegmentationEvaluation.ofTruth(LEFT).against(MIDDLE);

    SegmentationSummary summary =
        SegmentationSummary.of(
            List.of(
                missed, spurious, spurious, empty, empty, empty, empty, both, both, both, both,
                both, both, both, both));

    assertThat(summary.missed()).isEqualTo(1);
    assertThat(summary.spurious()).isEqualTo(2);
    assertThat(summary.bothEmpty()).isEqualTo(4);
  }
}
