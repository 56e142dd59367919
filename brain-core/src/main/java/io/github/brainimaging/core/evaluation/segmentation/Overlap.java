package io.github.brainimaging.core.evaluation.segmentation;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.internal.Arguments;

/**
 * How two masks cover each other, counted in pixels. With TP, FP, FN the three counts:
 *
 * <pre>
 *   Dice        = 2 TP / (2 TP + FP + FN)
 *   IoU         = TP / (TP + FP + FN)        the Jaccard index
 *   sensitivity = TP / (TP + FN)
 *   precision   = TP / (TP + FP)
 * </pre>
 *
 * <p>Empty masks: if both are empty they agree, Dice and IoU are 1. If one is, both are 0.
 * Sensitivity is NaN if the truth is empty, precision is NaN if the prediction is.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param truePositives pixels in both masks
 * @param falsePositives pixels in the prediction only
 * @param falseNegatives pixels in the truth only
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
    boolean[] a = truth.toArray();
    boolean[] b = predicted.toArray();
    int both = 0;
    for (int i = 0; i < a.length; i++) {
      both += a[i] && b[i] ? 1 : 0;
    }
    return new Overlap(both, predicted.count() - both, truth.count() - both);
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
}
