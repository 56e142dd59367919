package io.github.brainimaging.core.evaluation.segmentation;

import io.github.brainimaging.core.grid.DistanceTransform;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;

/**
 * The distances between the outlines of two masks, from every pixel (or voxel) of one outline to
 * the nearest of the other, both ways.
 *
 * <p>The outline of a mask S is {@code S \ erosion(S)} with the 4-connected cross, of a volume the
 * 6-connected one: the pixels of the mask with at least one of their four (six) neighbors outside
 * it; what lies beyond the image is outside. Distances are Euclidean between pixel centers. Outline
 * and measures are those of MONAI ({@code compute_hausdorff_distance}, {@code
 * compute_average_surface_distance(symmetric=True)}); MedPy has the same outline but takes HD95
 * over both directions pooled.
 *
 * <p>Empty masks: if either mask is empty there is no distance, and every measure is NaN. Exact, in
 * time linear in the area of the box around both masks.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class SurfaceDistances {

  private final double[] fromTruth;
  private final double[] fromPrediction;

  private SurfaceDistances(double[] fromTruth, double[] fromPrediction) {
    this.fromTruth = fromTruth;
    this.fromPrediction = fromPrediction;
  }

  /**
   * Measures the distances in pixels.
   *
   * @param truth the true mask
   * @param predicted the mask to judge, on the same grid
   * @return the distances in pixels
   * @throws IllegalArgumentException if the sizes differ
   */
  public static SurfaceDistances inPixels(Mask truth, Mask predicted) {
    return of(truth, predicted, 1, 1);
  }

  /**
   * Measures the distances in millimeters.
   *
   * @param truth the true mask
   * @param predicted the mask to judge, on the same grid
   * @param spacing the spacing of both, known
   * @return the distances in mm
   * @throws IllegalArgumentException if the sizes differ or the spacing is unknown
   */
  public static SurfaceDistances inMillimeters(Mask truth, Mask predicted, Spacing spacing) {
    Arguments.require(spacing.isKnown(), "spacing must be known, got %s", spacing);
    return of(truth, predicted, spacing.x(), spacing.y());
  }

  /**
   * Measures the distances between two volumes, in millimeters if the spacing of the truth is
   * known, else in voxels.
   *
   * @param truth the true mask
   * @param predicted the mask to judge, on the same grid
   * @return the distances
   * @throws IllegalArgumentException if the grids differ
   */
  public static SurfaceDistances of(VolumeMask truth, VolumeMask predicted) {
    Overlap.requireSameGrid(truth, predicted);
    VoxelSpacing spacing = truth.grid().spacing();
    return of(
        Cells.of(truth),
        Cells.of(predicted),
        spacing.isKnown()
            ? new double[] {spacing.x(), spacing.y(), spacing.z()}
            : new double[] {1, 1, 1});
  }

  private static SurfaceDistances of(Mask truth, Mask predicted, double spacingX, double spacingY) {
    Overlap.requireSameSize(truth, predicted);
    return of(Cells.of(truth), Cells.of(predicted), new double[] {spacingX, spacingY, 1});
  }

  private static SurfaceDistances of(Cells truth, Cells predicted, double[] spacing) {
    int[][] box = Cells.box(truth, predicted);
    if (box[1][0] < 0) {
      return new SurfaceDistances(new double[0], new double[0]);
    }
    Cells trueBox = truth.crop(box[0], box[1]);
    Cells predictedBox = predicted.crop(box[0], box[1]);
    boolean[] trueOutline = trueBox.outline();
    boolean[] predictedOutline = predictedBox.outline();
    return new SurfaceDistances(
        distances(trueOutline, predictedOutline, trueBox, spacing),
        distances(predictedOutline, trueOutline, trueBox, spacing));
  }

  /** From every cell of one outline to the nearest of the other, in ascending order. */
  private static double[] distances(boolean[] from, boolean[] to, Cells size, double[] spacing) {
    double[] squared = DistanceTransform.squared(to, true, size.width, size.height, spacing, false);
    double[] distances = new double[from.length];
    int n = 0;
    for (int i = 0; i < from.length; i++) {
      if (from[i] && squared[i] < Double.POSITIVE_INFINITY) {
        distances[n++] = Math.sqrt(squared[i]);
      }
    }
    distances = Arrays.copyOf(distances, n);
    Arrays.sort(distances);
    return distances;
  }

  /**
   * The Hausdorff distance: how far the outlines are apart where they are farthest.
   *
   * @return 0 or more; NaN if a mask is empty
   */
  public double hausdorff() {
    return hausdorff(100);
  }

  /**
   * The Hausdorff distance with a percentile in place of the maximum, which a few stray pixels do
   * not change: the larger of the two directed percentiles. HD95 is {@code hausdorff(95)}.
   *
   * @param percentile between 0 and 100; linear interpolation between neighbors, as in NumPy
   * @return 0 or more; NaN if a mask is empty
   * @throws IllegalArgumentException if the percentile is not in its range
   */
  public double hausdorff(double percentile) {
    Arguments.require(
        percentile >= 0 && percentile <= 100,
        "percentile must be between 0 and 100, got %s",
        percentile);
    return Math.max(
        Percentiles.inSorted(fromTruth, percentile),
        Percentiles.inSorted(fromPrediction, percentile));
  }

  /**
   * The average symmetric surface distance: the mean over the pixels of both outlines.
   *
   * @return 0 or more; NaN if a mask is empty
   */
  public double average() {
    double sum = Arrays.stream(fromTruth).sum() + Arrays.stream(fromPrediction).sum();
    return sum / (fromTruth.length + fromPrediction.length);
  }
}
