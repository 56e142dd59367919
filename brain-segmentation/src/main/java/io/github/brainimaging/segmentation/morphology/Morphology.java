package io.github.brainimaging.segmentation.morphology;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.segmentation.internal.BitMask;
import io.github.brainimaging.segmentation.internal.Regions;
import io.github.brainimaging.segmentation.internal.StructuringElement;

/**
 * Erosion, dilation, opening and closing of masks with a structuring element that is symmetric
 * about its center, and three operations that need none.
 *
 * <p>Beyond the border of the image there is nothing to add and nothing to take away: dilation
 * takes it as outside, erosion as inside (as scikit-image and OpenCV do; SciPy needs {@code
 * border_value=1} for the erosion). So erosion and dilation are dual, opening never adds a pixel
 * and closing never removes one.
 *
 * <p>The time grows with the number of pixels times the height of the element, 64 pixels at once,
 * so that large elements are cheap.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Morphology {

  private static final Spacing SQUARE = new Spacing(1, 1);

  private final StructuringElement element;

  private Morphology(StructuringElement element) {
    this.element = element;
  }

  /**
   * A disk: all pixels (dx, dy) with {@code dx^2 + dy^2 <= radius^2}.
   *
   * @param radiusPixels 0 or more; below 1 the element is a single pixel, which changes nothing; 1
   *     is the cross of five pixels
   * @return the operations with this element
   * @throws IllegalArgumentException if the radius is negative, not finite or above 10,000 pixels
   */
  public static Morphology ofDisk(double radiusPixels) {
    return new Morphology(StructuringElement.disk(radiusPixels, SQUARE));
  }

  /**
   * A disk in millimeters, which is an ellipse of pixels where columns and rows have different
   * distances.
   *
   * @param radiusMm 0 or more
   * @param spacing the spacing of the masks, known
   * @return the operations with this element
   * @throws IllegalArgumentException if the radius is negative, not finite or above 10,000 pixels,
   *     or the spacing is not known
   */
  public static Morphology ofDiskMm(double radiusMm, Spacing spacing) {
    Arguments.require(spacing.isKnown(), "spacing must be known, got %s", spacing);
    return new Morphology(StructuringElement.disk(radiusMm, spacing));
  }

  /**
   * A square of {@code 2 * radius + 1} by {@code 2 * radius + 1} pixels.
   *
   * @param radiusPixels 0 to 10,000; 0 is a single pixel, which changes nothing
   * @return the operations with this element
   * @throws IllegalArgumentException if the radius is outside this range
   */
  public static Morphology ofSquare(int radiusPixels) {
    return new Morphology(StructuringElement.square(radiusPixels));
  }

  /**
   * The pixels that the element, laid on any pixel of the mask, covers.
   *
   * @param mask the mask
   * @return the dilated mask
   */
  public Mask dilate(Mask mask) {
    return element.dilate(BitMask.of(mask)).toMask();
  }

  /**
   * The pixels on which the element can be laid without leaving the mask.
   *
   * @param mask the mask
   * @return the eroded mask
   */
  public Mask erode(Mask mask) {
    return element.erode(BitMask.of(mask)).toMask();
  }

  /**
   * Erosion, then dilation: removes what is thinner than the element.
   *
   * @param mask the mask
   * @return a part of the mask
   */
  public Mask open(Mask mask) {
    return element.open(BitMask.of(mask)).toMask();
  }

  /**
   * Dilation, then erosion: fills gaps that are thinner than the element.
   *
   * @param mask the mask
   * @return the mask and what was filled
   */
  public Mask close(Mask mask) {
    return element.close(BitMask.of(mask)).toMask();
  }

  /**
   * Fills what is enclosed: pixels outside the mask from which no path of edge neighbors leads to
   * the border of the image (SciPy's {@code binary_fill_holes}).
   *
   * @param mask the mask
   * @return the mask without holes
   */
  public static Mask fillHoles(Mask mask) {
    return BitMask.of(mask).fillHoles().toMask();
  }

  /**
   * Removes the components (edge neighbors) with few pixels.
   *
   * @param mask the mask
   * @param minPixels components with fewer pixels are removed; 0 and 1 remove nothing
   * @return the other components
   * @throws IllegalArgumentException if {@code minPixels} is negative
   */
  public static Mask removeSmall(Mask mask, int minPixels) {
    Arguments.require(minPixels >= 0, "minPixels must be 0 or more, got %s", minPixels);
    Regions regions = Regions.of(BitMask.of(mask), false);
    return regions.keep(region -> regions.size(region) >= minPixels).toMask();
  }

  /**
   * Keeps the component (edge neighbors) with the most pixels; of several equal ones the first, row
   * by row.
   *
   * @param mask the mask
   * @return one component; empty if the mask is
   */
  public static Mask largestComponent(Mask mask) {
    return Regions.of(BitMask.of(mask), false).largest().toMask();
  }
}
