package io.github.brainimaging.core.evaluation.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.Spacing;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SegmentationEvaluationTest {

  private static final Offset<Double> EXACT = within(1e-9);

  /** As written by reference.py beside the file. */
  private record Reference(List<Case> cases) {}

  private record Case(
      String name,
      List<Double> spacing,
      List<String> truth,
      List<String> predicted,
      double dice,
      double iou,
      double sensitivity,
      double precision,
      double hausdorff,
      double hausdorff95,
      double averageSurfaceDistance) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() throws IOException {
    try (Reader in =
        new InputStreamReader(
            SegmentationEvaluationTest.class.getResourceAsStream("scipy.json"),
            StandardCharsets.UTF_8)) {
      return new Gson().fromJson(in, Reference.class).cases();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithScipy(Case c) {
    SegmentationEvaluation evaluation =
        SegmentationEvaluation.of(
            mask(c.truth()),
            mask(c.predicted()),
            new Spacing(c.spacing().get(0), c.spacing().get(1)));

    assertThat(evaluation.dice()).isEqualTo(c.dice(), EXACT);
    assertThat(evaluation.iou()).isEqualTo(c.iou(), EXACT);
    assertThat(evaluation.sensitivity()).isEqualTo(c.sensitivity(), EXACT);
    assertThat(evaluation.precision()).isEqualTo(c.precision(), EXACT);
    assertThat(evaluation.hausdorff()).isEqualTo(c.hausdorff(), EXACT);
    assertThat(evaluation.hausdorff95()).isEqualTo(c.hausdorff95(), EXACT);
    assertThat(evaluation.averageSurfaceDistance()).isEqualTo(c.averageSurfaceDistance(), EXACT);
    assertThat(evaluation.inMillimeters()).isTrue();
  }

  @Test
  void measuresInPixelsWhereTheSpacingIsUnknown() {
    Mask truth = mask(List.of("#...."));
    Mask predicted = mask(List.of("...#."));

    SegmentationEvaluation inPixels = SegmentationEvaluation.of(truth, predicted);

    assertThat(inPixels.hausdorff()).isEqualTo(3);
    assertThat(inPixels.inMillimeters()).isFalse();
    assertThat(inPixels)
        .hasToString(
            "Dice 0.0000, IoU 0.0000, sensitivity 0.0000, precision 0.0000, Hausdorff 3.00 px,"
                + " HD95 3.00 px, average surface distance 3.00 px");
    assertThat(SegmentationEvaluation.of(truth, predicted, Spacing.UNKNOWN)).isEqualTo(inPixels);
  }

  @Test
  void twoEmptyMasksAgreeWithoutADistance() {
    SegmentationEvaluation evaluation =
        SegmentationEvaluation.of(Mask.empty(4, 3), Mask.empty(4, 3));

    assertThat(evaluation.dice()).isEqualTo(1);
    assertThat(evaluation.iou()).isEqualTo(1);
    assertThat(evaluation.sensitivity()).isNaN();
    assertThat(evaluation.precision()).isNaN();
    assertThat(evaluation.hausdorff()).isNaN();
    assertThat(evaluation.hausdorff95()).isNaN();
    assertThat(evaluation.averageSurfaceDistance()).isNaN();
  }

  @Test
  void oneEmptyMaskIsNoAgreementAndHasNoDistance() {
    Mask some = mask(List.of(".#..", "...."));
    SegmentationEvaluation missed = SegmentationEvaluation.of(some, Mask.empty(4, 2));
    SegmentationEvaluation spurious = SegmentationEvaluation.of(Mask.empty(4, 2), some);

    for (SegmentationEvaluation evaluation : List.of(missed, spurious)) {
      assertThat(evaluation.dice()).isZero();
      assertThat(evaluation.iou()).isZero();
      assertThat(evaluation.hausdorff()).isNaN();
      assertThat(evaluation.hausdorff95()).isNaN();
      assertThat(evaluation.averageSurfaceDistance()).isNaN();
    }
    assertThat(missed.sensitivity()).isZero();
    assertThat(missed.precision()).isNaN();
    assertThat(spurious.sensitivity()).isNaN();
    assertThat(spurious.precision()).isZero();
  }

  @Test
  void rejectsMasksOfDifferentSize() {
    assertThatThrownBy(() -> SegmentationEvaluation.of(Mask.empty(4, 3), Mask.empty(3, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("predicted must have the size of truth = 4 x 3, got 3 x 4");
    assertThatThrownBy(() -> Overlap.of(Mask.empty(4, 3), Mask.empty(3, 4)))
        .hasMessage("predicted must have the size of truth = 4 x 3, got 3 x 4");
  }

  static Mask mask(List<String> rows) {
    int width = rows.get(0).length();
    boolean[] inside = new boolean[width * rows.size()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = rows.get(i / width).charAt(i % width) == '#';
    }
    return Mask.wrap(width, rows.size(), inside);
  }
}
