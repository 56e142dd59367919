package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.inference.Segmentation.Point;
import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/**
 * The outline of one region of a mask as polygons, along the edges of its pixels: a pixel at (x, y)
 * is the square from x - 0.5 to x + 0.5 and y - 0.5 to y + 0.5, since (0, 0) is the center of the
 * top left one. {@code Contours} of brain-segmentation finds those of a mask. A region is what
 * hangs together by edges of pixels, so that two that touch at a corner are two.
 *
 * <p>Polygons are closed: the last point is joined to the first, which is not repeated. The outline
 * runs clockwise as seen on the screen, holes the other way round; a point stands at each corner,
 * none between. The area within the outline without the holes is the number of pixels.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param outline the outer border, at least four points
 * @param holes the borders of its holes
 * @since 0.1.0
 */
public record Contour(List<Point> outline, List<List<Point>> holes) {

  /**
   * Copies the lists.
   *
   * @param outline the outer border
   * @param holes the borders of its holes
   */
  public Contour {
    outline = List.copyOf(outline);
    holes = holes.stream().map(List::copyOf).toList();
  }

  /**
   * The same with fewer points (Ramer 1972, Douglas and Peucker 1973): none that is left out lies
   * farther from the new polygon than a distance. The polygon may then cut through pixels.
   *
   * @param tolerancePixels the distance, 0 or more; 0 keeps the shape
   * @return a new contour, each of its polygons of at least three points
   * @throws IllegalArgumentException if the distance is negative or not finite
   */
  public Contour simplified(double tolerancePixels) {
    Arguments.require(
        tolerancePixels >= 0 && tolerancePixels < Double.POSITIVE_INFINITY,
        "tolerancePixels must be finite and not negative, got %s",
        tolerancePixels);
    return new Contour(
        PolygonSimplification.of(outline, tolerancePixels),
        holes.stream().map(hole -> PolygonSimplification.of(hole, tolerancePixels)).toList());
  }

  /**
   * The area within the outline without the holes.
   *
   * @return in pixels; the number of pixels of the region, unless it was simplified
   */
  public double areaPixels() {
    double area = signedArea(outline);
    for (List<Point> hole : holes) {
      area += signedArea(hole);
    }
    return area;
  }

  /** The shoelace formula; positive if clockwise with y downwards. */
  private static double signedArea(List<Point> polygon) {
    double twice = 0;
    Point last = polygon.get(polygon.size() - 1);
    for (Point point : polygon) {
      twice += last.x() * point.y() - point.x() * last.y();
      last = point;
    }
    return twice / 2;
  }
}
