package io.github.brainimaging.core.evaluation.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SegmentationEvaluationTest {

  private static final Offset<Double> EXACT = within(1e-9);

  /** As written by reference.py beside the file. */
  private record Reference(List<Case<String>> cases, List<Case<List<String>>> volumes) {}

  /** A mask is a list of rows, or of slices that are. */
  private record Case<T>(
      String name,
      List<Double> spacing,
      List<T> truth,
      List<T> predicted,
      double dice,
      double iou,
      double sensitivity,
      double precision,
      double hausdorff,
      double hausdorff95,
      double averageSurfaceDistance,
      double sizeError,
      double relativeSizeError,
      int trueLesions,
      int predictedLesions,
      int found,
      int correct,
      int matchedByIou) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Reference reference() throws IOException {
    try (Reader in =
        new InputStreamReader(
            SegmentationEvaluationTest.class.getResourceAsStream("scipy.json"),
            StandardCharsets.UTF_8)) {
      return new Gson().fromJson(in, Reference.class);
    }
  }

  static List<Case<String>> cases() throws IOException {
    return reference().cases();
  }

  static List<Case<List<String>>> volumes() throws IOException {
    return reference().volumes();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithScipy(Case<String> c) {
    Mask truth = mask(c.truth());
    Mask predicted = mask(c.predicted());
    Spacing spacing = new Spacing(c.spacing().get(0), c.spacing().get(1));

    SegmentationEvaluation evaluation =
        SegmentationEvaluation.ofTruth(truth, spacing).against(predicted);

    assertAgrees(evaluation, c);
    assertThat(evaluation.sizeUnit()).hasToString("mm2");
    assertThat(LesionDetection.byIou(truth, predicted, 0.2).found()).isEqualTo(c.matchedByIou());
  }

  @ParameterizedTest
  @MethodSource("volumes")
  void agreesWithScipyOnVolumes(Case<List<String>> c) {
    VoxelSpacing spacing =
        new VoxelSpacing(c.spacing().get(0), c.spacing().get(1), c.spacing().get(2));
    VolumeMask truth = volume(c.truth(), spacing);
    VolumeMask predicted = volume(c.predicted(), spacing);

    SegmentationEvaluation evaluation = SegmentationEvaluation.ofTruth(truth).against(predicted);

    assertAgrees(evaluation, c);
    assertThat(evaluation.sizeUnit()).hasToString("ml");
    assertThat(LesionDetection.byIou(truth, predicted, 0.2).found()).isEqualTo(c.matchedByIou());
  }

  private static void assertAgrees(SegmentationEvaluation evaluation, Case<?> c) {
    assertThat(evaluation.dice()).isEqualTo(c.dice(), EXACT);
    assertThat(evaluation.iou()).isEqualTo(c.iou(), EXACT);
    assertThat(evaluation.sensitivity()).isEqualTo(c.sensitivity(), EXACT);
    assertThat(evaluation.precision()).isEqualTo(c.precision(), EXACT);
    assertThat(evaluation.hausdorff()).isEqualTo(c.hausdorff(), EXACT);
    assertThat(evaluation.hausdorff95()).isEqualTo(c.hausdorff95(), EXACT);
    assertThat(evaluation.averageSurfaceDistance()).isEqualTo(c.averageSurfaceDistance(), EXACT);
    assertThat(evaluation.inMillimeters()).isTrue();
    assertThat(evaluation.sizeError()).isEqualTo(c.sizeError(), EXACT);
    assertThat(evaluation.relativeSizeError()).isEqualTo(c.relativeSizeError(), EXACT);
    assertThat(evaluation.lesions())
        .isEqualTo(
            new LesionDetection(c.trueLesions(), c.found(), c.predictedLesions(), c.correct()));
  }

  @Test
  void theSlicesOfAVolumeSumToItsOverlap() throws IOException {
    Case<List<String>> c = volumes().get(0);
    List<SegmentationEvaluation> slices = new ArrayList<>();
    for (int z = 0; z < c.truth().size(); z++) {
      slices.add(
          SegmentationEvaluation.ofTruth(mask(c.truth().get(z)))
              .against(mask(c.predicted().get(z))));
    }

    assertThat(SegmentationSummary.of(slices).overlap().dice()).isEqualTo(c.dice(), EXACT);
  }

  @Test
  void measuresInVoxelsWhereTheSpacingIsUnknown() throws IOException {
    Case<List<String>> c = volumes().get(0); // its spacing is 1 mm
    SegmentationEvaluation evaluation =
        SegmentationEvaluation.ofTruth(volume(c.truth(), VoxelSpacing.UNKNOWN))
            .against(volume(c.predicted(), VoxelSpacing.UNKNOWN));

    assertThat(evaluation.inMillimeters()).isFalse();
    assertThat(evaluation.sizeUnit()).hasToString("voxels");
    assertThat(evaluation.hausdorff()).isEqualTo(c.hausdorff(), EXACT);
    assertThat(evaluation.sizeError()).isEqualTo(1000 * c.sizeError(), within(1e-6));
  }

  @Test
  void rejectsVolumesOnOtherGrids() {
    assertThatThrownBy(
            () ->
                SegmentationEvaluation.ofTruth(VolumeMask.empty(VolumeGrid.ofSize(2, 3, 4)))
                    .against(VolumeMask.empty(VolumeGrid.ofSize(4, 3, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("predicted must have the grid of truth");
  }

  @Test
  void measuresInPixelsWhereTheSpacingIsUnknown() {
    Mask truth = mask(List.of("#...."));
    Mask predicted = mask(List.of("...#."));

    SegmentationEvaluation inPixels = SegmentationEvaluation.ofTruth(truth).against(predicted);

    assertThat(inPixels.hausdorff()).isEqualTo(3);
    assertThat(inPixels.inMillimeters()).isFalse();
    assertThat(inPixels)
        .hasToString(
            "Dice 0.0000, IoU 0.0000, sensitivity 0.0000, precision 0.0000, Hausdorff 3.00 px, HD95"
                + " 3.00 px, average surface distance 3.00 px, size error +0.0 px, 0 of 1 lesions"
                + " found, 1 false");
    assertThat(SegmentationEvaluation.ofTruth(truth, Spacing.UNKNOWN).against(predicted))
        .isEqualTo(inPixels);
  }

  @Test
  void twoEmptyMasksAgreeWithoutADistance() {
    SegmentationEvaluation evaluation =
        SegmentationEvaluation.ofTruth(Mask.empty(4, 3)).against(Mask.empty(4, 3));

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
    SegmentationEvaluation missed = SegmentationEvaluation.ofTruth(some).against(Mask.empty(4, 2));
    SegmentationEvaluation spurious =
        SegmentationEvaluation.ofTruth(Mask.empty(4, 2)).against(some);

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
    assertThatThrownBy(
            () -> SegmentationEvaluation.ofTruth(Mask.empty(4, 3)).against(Mask.empty(3, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("predicted must have the size of truth = 4 x 3, got 3 x 4");
    assertThatThrownBy(() -> Overlap.of(Mask.empty(4, 3), Mask.empty(3, 4)))
        .hasMessage("predicted must have the size of truth = 4 x 3, got 3 x 4");
  }

  private static VolumeMask volume(List<List<String>> slices, VoxelSpacing spacing) {
    Mask first = mask(slices.get(0));
    int pixels = first.width() * first.height();
    boolean[] inside = new boolean[slices.size() * pixels];
    for (int z = 0; z < slices.size(); z++) {
      System.arraycopy(mask(slices.get(z)).toArray(), 0, inside, z * pixels, pixels);
    }
    VolumeGrid grid = VolumeGrid.ofSize(first.width(), first.height(), slices.size());
    return VolumeMask.wrap(spacing.isKnown() ? grid.withSpacing(spacing) : grid, inside);
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
