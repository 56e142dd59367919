package io.github.brainimaging.core.evaluation.segmentation;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeMask;
import java.util.Locale;

/**
 * How well one mask agrees with the truth, of a slice or of a volume.
 *
 * <p>Empty masks: both empty is agreement, Dice and IoU are 1. If one is empty, Dice and IoU are 0.
 * Distances are NaN in either case, sensitivity and relative size error if the truth and precision
 * if the prediction is empty. {@link SegmentationSummary} counts what it had to leave out for that.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param overlap the counts of pixels
 * @param hausdorff the Hausdorff distance, NaN if a mask is empty
 * @param hausdorff95 the larger of the two directed 95th percentiles, NaN if a mask is empty
 * @param averageSurfaceDistance mean distance between the outlines, both ways pooled, NaN if a mask
 *     is empty
 * @param inMillimeters whether the distances are in mm; else they are in pixels
 * @param sizeError area or volume of the prediction less that of the truth, in sizeUnit
 * @param sizeUnit what sizeError is counted in
 * @param lesions how many lesions were found, by {@link LesionDetection#byOverlap}
 * @see SurfaceDistances
 * @since 0.1.0
 */
public record SegmentationEvaluation(
    Overlap overlap,
    double hausdorff,
    double hausdorff95,
    double averageSurfaceDistance,
    boolean inMillimeters,
    double sizeError,
    SizeUnit sizeUnit,
    LesionDetection lesions) {

  /** What areas and volumes are counted in. */
  public enum SizeUnit {
    /** Pixels of a slice whose spacing is unknown. */
    PIXELS("px"),
    /** Square millimeters of a slice. */
    MM2("mm2"),
    /** Voxels of a volume whose spacing is unknown. */
    VOXELS("voxels"),
    /** Milliliters of a volume. */
    ML("ml");

    private final String symbol;

    SizeUnit(String symbol) {
      this.symbol = symbol;
    }

    /** The symbol of the unit, such as {@code mm2}. */
    @Override
    public String toString() {
      return symbol;
    }
  }

  /**
   * The truth, which a mask is held against; so that truth and finding are not exchanged, which
   * Dice does not show.
   *
   * @param <M> what is judged, {@link Mask} or {@link VolumeMask}
   */
  @FunctionalInterface
  public interface Truth<M> {

    /**
     * Evaluates what was found.
     *
     * @param found the mask to judge, on the grid of the truth
     * @return the evaluation
     * @throws IllegalArgumentException if the grids differ
     */
    SegmentationEvaluation against(M found);
  }

  /**
   * Evaluates masks of a slice, with distances in pixels: {@code ofTruth(truth).against(found)}.
   *
   * @param truth the true mask
   * @return what masks are held against
   */
  public static Truth<Mask> ofTruth(Mask truth) {
    return ofTruth(truth, Spacing.UNKNOWN);
  }

  /**
   * Evaluates masks of a slice, with distances in millimeters if the spacing is known, else in
   * pixels.
   *
   * @param truth the true mask
   * @param spacing the spacing of the image
   * @return what masks are held against
   */
  public static Truth<Mask> ofTruth(Mask truth, Spacing spacing) {
    boolean known = spacing.isKnown();
    return found ->
        of(
            Overlap.of(truth, found),
            known
                ? SurfaceDistances.inMillimeters(truth, found, spacing)
                : SurfaceDistances.inPixels(truth, found),
            known,
            known ? spacing.pixelAreaMm2() : 1,
            known ? SizeUnit.MM2 : SizeUnit.PIXELS,
            LesionDetection.byOverlap(truth, found));
  }

  /**
   * Evaluates masks of a volume, with distances in millimeters and volumes in milliliters if the
   * spacing of the truth is known, else in voxels.
   *
   * @param truth the true mask
   * @return what masks are held against
   */
  public static Truth<VolumeMask> ofTruth(VolumeMask truth) {
    boolean known = truth.grid().spacing().isKnown();
    return found ->
        of(
            Overlap.of(truth, found),
            SurfaceDistances.of(truth, found),
            known,
            known ? truth.grid().voxelVolumeMm3() / 1000 : 1,
            known ? SizeUnit.ML : SizeUnit.VOXELS,
            LesionDetection.byOverlap(truth, found));
  }

  private static SegmentationEvaluation of(
      Overlap overlap,
      SurfaceDistances distances,
      boolean inMillimeters,
      double cellSize,
      SizeUnit sizeUnit,
      LesionDetection lesions) {
    return new SegmentationEvaluation(
        overlap,
        distances.hausdorff(),
        distances.hausdorff(95),
        distances.average(),
        inMillimeters,
        (overlap.falsePositives() - overlap.falseNegatives()) * cellSize,
        sizeUnit,
        lesions);
  }

  /**
   * The Dice coefficient.
   *
   * @return between 0 and 1; 1 if both masks are empty
   */
  public double dice() {
    return overlap.dice();
  }

  /**
   * Intersection over union.
   *
   * @return between 0 and 1; 1 if both masks are empty
   */
  public double iou() {
    return overlap.iou();
  }

  /**
   * The share of the truth that was found.
   *
   * @return between 0 and 1; NaN if the truth is empty
   */
  public double sensitivity() {
    return overlap.sensitivity();
  }

  /**
   * The share of the prediction that is true.
   *
   * @return between 0 and 1; NaN if the prediction is empty
   */
  public double precision() {
    return overlap.precision();
  }

  /**
   * By how much the area or volume of the prediction is too large, in relation to the true one.
   *
   * @return -1 or more; NaN if the truth is empty
   */
  public double relativeSizeError() {
    return overlap.relativeSizeError();
  }

  /** All measures in one line; NaN where undefined. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Dice %.4f, IoU %.4f, sensitivity %.4f, precision %.4f, Hausdorff %.2f %s, HD95 %.2f %s,"
            + " average surface distance %.2f %s, size error %+.1f %s, %d of %d lesions found, %d"
            + " false",
        dice(),
        iou(),
        sensitivity(),
        precision(),
        hausdorff,
        unit(),
        hausdorff95,
        unit(),
        averageSurfaceDistance,
        unit(),
        sizeError,
        sizeUnit,
        lesions.found(),
        lesions.trueLesions(),
        lesions.falsePositives());
  }

  /** The unit of the distances. */
  String unit() {
    return inMillimeters ? "mm" : sizeUnit.toString();
  }
}
