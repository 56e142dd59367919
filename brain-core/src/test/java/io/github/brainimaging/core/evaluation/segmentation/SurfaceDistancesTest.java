package io.github.brainimaging.core.evaluation.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.Spacing;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SurfaceDistancesTest {

  private static final Offset<Double> EXACT = within(1e-9);

  @Test
  void agreesWithAllPairsOfOutlinePixels() {
    Random random = new Random(7);
    for (int round = 0; round < 100; round++) {
      int width = 1 + random.nextInt(24);
      int height = 1 + random.nextInt(24);
      Mask truth = randomMask(random, width, height);
      Mask predicted = randomMask(random, width, height);
      Spacing spacing = new Spacing(0.1 + 3 * random.nextDouble(), 0.1 + 3 * random.nextDouble());

      List<double[]> a = outline(truth, spacing);
      List<double[]> b = outline(predicted, spacing);
      double[] fromTruth = nearest(a, b);
      double[] fromPrediction = nearest(b, a);

      SurfaceDistances distances = SurfaceDistances.inMillimeters(truth, predicted, spacing);
      assertThat(distances.hausdorff())
          .isEqualTo(Math.max(max(fromTruth), max(fromPrediction)), EXACT);
      assertThat(distances.average())
          .isEqualTo((sum(fromTruth) + sum(fromPrediction)) / (a.size() + b.size()), EXACT);
    }
  }

  /** From nearly empty to nearly full, never empty; speckles make long outlines. */
  private static Mask randomMask(Random random, int width, int height) {
    boolean[] inside = new boolean[width * height];
    double density = random.nextDouble();
    for (int i = 0; i < inside.length; i++) {
      inside[i] = random.nextDouble() < density;
    }
    inside[random.nextInt(inside.length)] = true;
    return Mask.wrap(width, height, inside);
  }

  private static List<double[]> outline(Mask mask, Spacing spacing) {
    List<double[]> points = new ArrayList<>();
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        boolean interior =
            in(mask, x - 1, y) && in(mask, x + 1, y) && in(mask, x, y - 1) && in(mask, x, y + 1);
        if (mask.get(x, y) && !interior) {
          points.add(new double[] {x * spacing.x(), y * spacing.y()});
        }
      }
    }
    return points;
  }

  private static boolean in(Mask mask, int x, int y) {
    return x >= 0 && x < mask.width() && y >= 0 && y < mask.height() && mask.get(x, y);
  }

  private static double[] nearest(List<double[]> from, List<double[]> to) {
    return from.stream()
        .mapToDouble(
            p ->
                to.stream()
                    .mapToDouble(q -> Math.hypot(p[0] - q[0], p[1] - q[1]))
                    .min()
                    .orElseThrow())
        .toArray();
  }

  private static double max(double[] values) {
    double max = 0;
    for (double v : values) {
      max = Math.max(max, v);
    }
    return max;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum;
  }

  @Test
  void percentilesInterpolateLikeNumPy() {
    // From truth: 0, 4. From the prediction: 0. numpy.percentile([0, 4], 95) = 3.8.
    Mask truth = SegmentationEvaluationTest.mask(List.of("#...#"));
    Mask predicted = SegmentationEvaluationTest.mask(List.of("#...."));
    SurfaceDistances distances = SurfaceDistances.inPixels(truth, predicted);

    assertThat(distances.hausdorff(95)).isEqualTo(3.8, EXACT);
    assertThat(distances.hausdorff(50)).isEqualTo(2, EXACT);
    assertThat(distances.hausdorff(0)).isZero();
    assertThat(distances.hausdorff()).isEqualTo(4);
  }

  @Test
  void rejectsUnknownSpacingAndWrongPercentiles() {
    Mask mask = SegmentationEvaluationTest.mask(List.of("#"));
    assertThatThrownBy(() -> SurfaceDistances.inMillimeters(mask, mask, Spacing.UNKNOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("spacing must be known");
    assertThatThrownBy(() -> SurfaceDistances.inPixels(mask, mask).hausdorff(101))
        .hasMessage("percentile must be between 0 and 100, got 101.0");
    assertThatThrownBy(() -> SurfaceDistances.inPixels(mask, mask).hausdorff(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
