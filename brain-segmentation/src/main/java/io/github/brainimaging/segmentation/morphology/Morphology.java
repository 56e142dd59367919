package io.github.brainimaging.segmentation.morphology;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.segmentation.components.ConnectedComponents;
import io.github.brainimaging.segmentation.components.Connectivity;
import java.util.Arrays;

/**
 * Erosion, dilation, opening and closing of masks with a structuring element that is symmetric
 * about its center, and three operations that need none.
 *
 * <p>Beyond the border of the image there is nothing to add and nothing to take away: dilation
 * takes it as outside, erosion as inside (as scikit-image and OpenCV do; SciPy needs {@code
 * border_value=1} for the erosion). So erosion and dilation are dual, opening never adds a pixel
 * and closing never removes one.
 *
 * <p>The time grows with the number of runs of pixels times the height of the element, so that
 * large elements are cheap.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Morphology {

  /** {@code reach[dy]} columns to both sides belong to the element in rows {@code +dy} and -dy. */
  private final int[] reach;

  private Morphology(int[] reach) {
    this.reach = reach;
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
    return new Morphology(ellipse(radiusPixels, 1, 1));
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
    return new Morphology(ellipse(radiusMm, spacing.x(), spacing.y()));
  }

  /**
   * A square of {@code 2 * radius + 1} by {@code 2 * radius + 1} pixels.
   *
   * @param radiusPixels 0 to 10,000; 0 is a single pixel, which changes nothing
   * @return the operations with this element
   * @throws IllegalArgumentException if the radius is outside this range
   */
  public static Morphology ofSquare(int radiusPixels) {
    requireRadius(radiusPixels);
    int[] reach = new int[radiusPixels + 1];
    Arrays.fill(reach, radiusPixels);
    return new Morphology(reach);
  }

  private static int[] ellipse(double radius, double stepX, double stepY) {
    requireRadius(radius / stepX);
    requireRadius(radius / stepY);
    // A millionth of slack, so that a radius such as 5 * 0.2 still reaches its fifth pixel.
    double slack = 1 + 1e-6;
    int[] reach = new int[(int) (radius / stepY * slack) + 1];
    for (int dy = 0; dy < reach.length; dy++) {
      double half = radius * radius - dy * stepY * dy * stepY;
      reach[dy] = (int) (Math.sqrt(Math.max(0, half)) / stepX * slack);
    }
    return reach;
  }

  private static void requireRadius(double pixels) {
    Arguments.require(
        pixels >= 0 && pixels <= 10_000,
        "radius must be between 0 and 10000 pixels, got %s",
        pixels);
  }

  /**
   * The pixels that the element, laid on any pixel of the mask, covers.
   *
   * @param mask the mask
   * @return the dilated mask
   */
  public Mask dilate(Mask mask) {
    return Mask.wrap(
        mask.width(), mask.height(), dilate(mask.toArray(), mask.width(), mask.height()));
  }

  /**
   * The pixels on which the element can be laid without leaving the mask.
   *
   * @param mask the mask
   * @return the eroded mask
   */
  public Mask erode(Mask mask) {
    boolean[] eroded = invert(dilate(invert(mask.toArray()), mask.width(), mask.height()));
    return Mask.wrap(mask.width(), mask.height(), eroded);
  }

  /**
   * Erosion, then dilation: removes what is thinner than the element.
   *
   * @param mask the mask
   * @return a part of the mask
   */
  public Mask open(Mask mask) {
    return dilate(erode(mask));
  }

  /**
   * Dilation, then erosion: fills gaps that are thinner than the element.
   *
   * @param mask the mask
   * @return the mask and what was filled
   */
  public Mask close(Mask mask) {
    return erode(dilate(mask));
  }

  private boolean[] dilate(boolean[] inside, int width, int height) {
    Runs runs = Runs.of(inside, width, height);
    boolean[] dilated = new boolean[inside.length];
    int[] change = new int[width + 1];
    for (int y = 0; y < height; y++) {
      int first = Math.max(0, y - reach.length + 1);
      int last = Math.min(height - 1, y + reach.length - 1);
      for (int row = first; row <= last; row++) {
        runs.addTo(change, row, reach[Math.abs(row - y)]);
      }
      int depth = 0;
      for (int x = 0; x < width; x++) {
        depth += change[x];
        change[x] = 0;
        dilated[y * width + x] = depth > 0;
      }
      change[width] = 0;
    }
    return dilated;
  }

  private static boolean[] invert(boolean[] inside) {
    for (int i = 0; i < inside.length; i++) {
      inside[i] = !inside[i];
    }
    return inside;
  }

  /**
   * Fills what is enclosed: pixels outside the mask from which no path of edge neighbors leads to
   * the border of the image (SciPy's {@code binary_fill_holes}).
   *
   * @param mask the mask
   * @return the mask without holes
   */
  public static Mask fillHoles(Mask mask) {
    return Mask.wrap(
        mask.width(), mask.height(), HoleFilling.of(mask.toArray(), mask.width(), mask.height()));
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
    ConnectedComponents components = ConnectedComponents.of(mask, Connectivity.FOUR);
    return components.keep(label -> components.size(label) >= minPixels);
  }

  /**
   * Keeps the component (edge neighbors) with the most pixels; of several equal ones the first, row
   * by row.
   *
   * @param mask the mask
   * @return one component; empty if the mask is
   */
  public static Mask largestComponent(Mask mask) {
    return ConnectedComponents.of(mask, Connectivity.FOUR).largest();
  }
}
