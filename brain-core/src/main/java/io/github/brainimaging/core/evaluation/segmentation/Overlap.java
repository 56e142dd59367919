package io.github.brainimaging.core.evaluation.segmentation;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;

/**
 * How two masks cover each other, counted in pixels or voxels. With TP, FP, FN the three counts:
 *
 * <pre>
 *   Dice        = 2 TP / (2 TP + FP + FN)
 *   IoU         = TP / (TP + FP + FN)        the Jaccard index
 *   sensitivity = TP / (TP + FN)
 *   precision   = TP / (TP + FP)
 *   relative size error = (FP - FN) / (TP + FN)    of the area or volume; positive if too large
 * </pre>
 *
 * <p>Empty masks: if both are empty they agree, Dice and IoU are 1. If one is, both are 0.
 * Sensitivity and relative size error are NaN if the truth is empty, precision is NaN if the
 * prediction is.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param truePositives pixels in both masks
 * @param falsePositives pixels in the prediction only
 * @param falseNegatives pixels in the truth only
 * @since 0.1.0
 */
public record Overlap(int truePositives, int falsePositives, int falseNegatives) {

  /**
   * Checks the counts.
   *
   * @param truePositives pixels in both masks
   * @param falsePositives pixels in the prediction only
   * @param falseNegatives pixels in the truth only
   * @throws IllegalArgumentException if a count is negative
   */
  public Overlap {
    Arguments.require(
        truePositives >= 0 && falsePositives >= 0 && falseNegatives >= 0,
        "counts must not be negative, got %s, %s, %s",
        truePositives,
        falsePositives,
        falseNegatives);
  }

  /**
   * Counts the pixels of two masks.
   *
   * @param truth the true mask
   * @param predicted the mask to judge, on the same grid
   * @return the counts
   * @throws IllegalArgumentException if the sizes differ
   */
  public static Overlap of(Mask truth, Mask predicted) {
    requireSameSize(truth, predicted);
    int both = countShared(truth.toArray(), predicted.toArray());
    return new Overlap(both, predicted.count() - both, truth.count() - both);
  }

  /**
   * Counts the voxels of two masks.
   *
   * @param truth the true mask
   * @param predicted the mask to judge, on the same grid
   * @return the counts
   * @throws IllegalArgumentException if the grids differ
   */
  public static Overlap of(VolumeMask truth, VolumeMask predicted) {
    requireSameGrid(truth, predicted);
    int both = countShared(truth.toArray(), predicted.toArray());
    return new Overlap(both, predicted.count() - both, truth.count() - both);
  }

  private static int countShared(boolean[] a, boolean[] b) {
    int both = 0;
    for (int i = 0; i < a.length; i++) {
      both += a[i] && b[i] ? 1 : 0;
    }
    return both;
  }

  /**
   * The counts of two parts together. The slices of a patient, summed, give the overlap of the
   * volume: its Dice is not the mean of theirs.
   *
   * @param other another part
   * @return the sums
   * @throws ArithmeticException if a sum is above the largest int
   */
  public Overlap plus(Overlap other) {
    return new Overlap(
        Math.addExact(truePositives, other.truePositives),
        Math.addExact(falsePositives, other.falsePositives),
        Math.addExact(falseNegatives, other.falseNegatives));
  }

  static void requireSameSize(Mask truth, Mask predicted) {
    Arguments.require(
        truth.width() == predicted.width() && truth.height() == predicted.height(),
        "predicted must have the size of truth = %s x %s, got %s x %s",
        truth.width(),
        truth.height(),
        predicted.width(),
        predicted.height());
  }

  static void requireSameGrid(VolumeMask truth, VolumeMask predicted) {
    Arguments.require(
        truth.grid().matches(predicted.grid()),
        "predicted must have the grid of truth = %s, got %s",
        truth.grid(),
        predicted.grid());
  }

  /**
   * Whether the true mask is empty.
   *
   * @return true if no pixel is in the truth
   */
  public boolean truthEmpty() {
    return truePositives + falseNegatives == 0;
  }

  /**
   * Whether the predicted mask is empty.
   *
   * @return true if no pixel is in the prediction
   */
  public boolean predictionEmpty() {
    return truePositives + falsePositives == 0;
  }

  /**
   * The Dice coefficient (F1 of the pixels).
   *
   * @return between 0 and 1; 1 if both masks are empty
   */
  public double dice() {
    return truthEmpty() && predictionEmpty()
        ? 1
        : 2.0 * truePositives / (2.0 * truePositives + falsePositives + falseNegatives);
  }

  /**
   * Intersection over union (Jaccard index).
   *
   * @return between 0 and 1; 1 if both masks are empty
   */
  public double iou() {
    return truthEmpty() && predictionEmpty()
        ? 1
        : truePositives / ((double) truePositives + falsePositives + falseNegatives);
  }

  /**
   * The share of the truth that was found.
   *
   * @return between 0 and 1; NaN if the truth is empty
   */
  public double sensitivity() {
    return (double) truePositives / (truePositives + falseNegatives);
  }

  /**
   * The share of the prediction that is true.
   *
   * @return between 0 and 1; NaN if the prediction is empty
   */
  public double precision() {
    return (double) truePositives / (truePositives + falsePositives);
  }

  /**
   * By how much the area or volume of the prediction is too large, in relation to the true one.
   *
   * @return -1 if nothing was found, 0 for the true size, above 0 if too large; NaN if the truth is
   *     empty
   */
  public double relativeSizeError() {
    return truthEmpty()
        ? Double.NaN
        : (double) (falsePositives - falseNegatives) / (truePositives + falseNegatives);
  }
}
