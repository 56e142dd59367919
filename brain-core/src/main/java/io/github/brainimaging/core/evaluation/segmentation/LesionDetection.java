package io.github.brainimaging.core.evaluation.segmentation;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;

/**
 * How many lesions were found, whatever their size. A lesion is a connected component of a mask;
 * cells that touch at a side, an edge or a corner are connected (8 neighbors in a slice, 26 in a
 * volume). With t true lesions, p predicted ones:
 *
 * <pre>
 *   sensitivity = found / t        NaN if there is no true lesion
 *   precision   = correct / p      NaN if none was predicted
 *   F1          = harmonic mean    1 if there is no lesion in either mask, 0 if in one only
 * </pre>
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param trueLesions lesions of the truth
 * @param found those of them that were found
 * @param predictedLesions lesions of the prediction
 * @param correct those of them that are true. One prediction over two true lesions finds both and
 *     is one that is correct
 * @since 0.1.0
 */
public record LesionDetection(int trueLesions, int found, int predictedLesions, int correct) {

  /** No lesion, none predicted: where a sum begins. */
  public static final LesionDetection NONE = new LesionDetection(0, 0, 0, 0);

  /**
   * Checks the counts.
   *
   * @param trueLesions lesions of the truth
   * @param found those of them that were found
   * @param predictedLesions lesions of the prediction
   * @param correct those of them that are true
   * @throws IllegalArgumentException if a count is negative, or a part larger than the whole
   */
  public LesionDetection {
    Arguments.require(
        found >= 0 && found <= trueLesions,
        "found must be between 0 and trueLesions = %s, got %s",
        trueLesions,
        found);
    Arguments.require(
        correct >= 0 && correct <= predictedLesions,
        "correct must be between 0 and predictedLesions = %s, got %s",
        predictedLesions,
        correct);
  }

  /**
   * Counts the lesions of a slice. A lesion is found, and a predicted one correct, if a single
   * pixel of it is in the other mask.
   *
   * @param truth the true mask
   * @param predicted the mask to judge, on the same grid
   * @return the counts
   * @throws IllegalArgumentException if the sizes differ
   */
  public static LesionDetection byOverlap(Mask truth, Mask predicted) {
    Overlap.requireSameSize(truth, predicted);
    return LesionMatch.of(Cells.of(truth), Cells.of(predicted)).byOverlap();
  }

  /**
   * Counts the lesions of a volume. A lesion is found, and a predicted one correct, if a single
   * voxel of it is in the other mask.
   *
   * @param truth the true mask
   * @param predicted the mask to judge, on the same grid
   * @return the counts
   * @throws IllegalArgumentException if the grids differ
   */
  public static LesionDetection byOverlap(VolumeMask truth, VolumeMask predicted) {
    Overlap.requireSameGrid(truth, predicted);
    return LesionMatch.of(Cells.of(truth), Cells.of(predicted)).byOverlap();
  }

  /**
   * Counts the lesions of a slice. True and predicted lesions are paired, one with one, the largest
   * intersection over union first; a pair below the minimum does not count.
   *
   * @param truth the true mask
   * @param predicted the mask to judge, on the same grid
   * @param minimumIou above 0, at most 1; 0.5 is common for objects, 0.1 for small lesions
   * @return the counts
   * @throws IllegalArgumentException if the sizes differ or the minimum is not in its range
   */
  public static LesionDetection byIou(Mask truth, Mask predicted, double minimumIou) {
    Overlap.requireSameSize(truth, predicted);
    return LesionMatch.of(Cells.of(truth), Cells.of(predicted)).byIou(minimumIou);
  }

  /**
   * Counts the lesions of a volume. True and predicted lesions are paired, one with one, the
   * largest intersection over union first; a pair below the minimum does not count.
   *
   * @param truth the true mask
   * @param predicted the mask to judge, on the same grid
   * @param minimumIou above 0, at most 1; 0.5 is common for objects, 0.1 for small lesions
   * @return the counts
   * @throws IllegalArgumentException if the grids differ or the minimum is not in its range
   */
  public static LesionDetection byIou(VolumeMask truth, VolumeMask predicted, double minimumIou) {
    Overlap.requireSameGrid(truth, predicted);
    return LesionMatch.of(Cells.of(truth), Cells.of(predicted)).byIou(minimumIou);
  }

  /**
   * The lesions of two cases together.
   *
   * @param other another case
   * @return the sums
   */
  public LesionDetection plus(LesionDetection other) {
    return new LesionDetection(
        trueLesions + other.trueLesions,
        found + other.found,
        predictedLesions + other.predictedLesions,
        correct + other.correct);
  }

  /**
   * True lesions that were not found.
   *
   * @return 0 or more
   */
  public int falseNegatives() {
    return trueLesions - found;
  }

  /**
   * Predicted lesions that are none.
   *
   * @return 0 or more
   */
  public int falsePositives() {
    return predictedLesions - correct;
  }

  /**
   * The share of the true lesions that was found.
   *
   * @return between 0 and 1; NaN if there is no true lesion
   */
  public double sensitivity() {
    return (double) found / trueLesions;
  }

  /**
   * The share of the predicted lesions that is true.
   *
   * @return between 0 and 1; NaN if none was predicted
   */
  public double precision() {
    return (double) correct / predictedLesions;
  }

  /**
   * The harmonic mean of sensitivity and precision.
   *
   * @return between 0 and 1; 1 if there is no lesion in either mask
   */
  public double f1() {
    if (trueLesions == 0 && predictedLesions == 0) {
      return 1;
    }
    return found == 0 || correct == 0 ? 0 : 2 / (1 / sensitivity() + 1 / precision());
  }
}
