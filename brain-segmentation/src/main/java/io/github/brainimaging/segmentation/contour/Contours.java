package io.github.brainimaging.segmentation.contour;

import boofcv.alg.filter.binary.BinaryImageOps;
import boofcv.struct.ConnectRule;
import boofcv.struct.image.GrayS32;
import georegression.struct.point.Point2D_I32;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.inference.Contour;
import io.github.brainimaging.core.inference.Segmentation.Point;
import io.github.brainimaging.segmentation.internal.BoofImages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The outlines of the regions of a mask, found by BoofCV's contour finder (F. Chang, C.-J. Chen,
 * C.-J. Lu, "A linear-time component-labeling algorithm using contour tracing technique", 2004) and
 * laid along the edges of the pixels, as {@link Contour} tells.
 *
 * <p>Stateless and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Contours {

  private static final Comparator<Point> BY_ROWS =
      Comparator.comparingDouble(Point::y).thenComparingDouble(Point::x);

  private Contours() {}

  /**
   * The outlines of all regions of a mask.
   *
   * @param mask the mask
   * @return one per region, in the order in which rows meet them; none for an empty mask
   */
  public static List<Contour> of(Mask mask) {
    GrayS32 labels = new GrayS32(mask.width(), mask.height());
    return BinaryImageOps.contour(BoofImages.of(mask), ConnectRule.FOUR, labels).stream()
        .map(found -> new Contour(outline(found.external), holes(found.internal)))
        .toList();
  }

  /** Starts behind its top left corner. */
  private static List<Point> outline(List<Point2D_I32> chain) {
    List<Point> polygon = alongEdges(chain);
    Collections.rotate(polygon, -1 - first(polygon));
    return polygon;
  }

  /** Start at their top left corners, in whose order they are. */
  private static List<List<Point>> holes(List<List<Point2D_I32>> chains) {
    List<List<Point>> holes = new ArrayList<>();
    for (List<Point2D_I32> chain : chains) {
      List<Point> polygon = alongEdges(chain);
      Collections.rotate(polygon, -first(polygon));
      holes.add(polygon);
    }
    holes.sort(Comparator.comparing(hole -> hole.get(0), BY_ROWS));
    return holes;
  }

  private static int first(List<Point> polygon) {
    return polygon.indexOf(Collections.min(polygon, BY_ROWS));
  }

  /**
   * From the centers of the border's pixels, each an edge neighbor of the one before, to the edges
   * on the left hand of this way, where the outside is.
   */
  private static List<Point> alongEdges(List<Point2D_I32> chain) {
    List<Point> polygon = new ArrayList<>();
    Point2D_I32 at = chain.get(0);
    if (chain.size() == 1) {
      corner(polygon, at, 1, -1);
      corner(polygon, at, 1, 1);
      corner(polygon, at, -1, 1);
      corner(polygon, at, -1, -1);
      return polygon;
    }
    Point2D_I32 before = chain.get(chain.size() - 1);
    for (int i = 0; i < chain.size(); i++) {
      Point2D_I32 next = chain.get((i + 1) % chain.size());
      int dx = at.x - before.x;
      int dy = at.y - before.y;
      // Ahead is (dx, dy), to the left (dy, -dx).
      int ahead = dx * (next.x - at.x) + dy * (next.y - at.y);
      int left = dy * (next.x - at.x) - dx * (next.y - at.y);
      if (left == 1) {
        corner(polygon, at, dy - dx, -dx - dy);
      } else if (ahead != 1) {
        corner(polygon, at, dx + dy, dy - dx);
      }
      if (ahead == -1) {
        corner(polygon, at, dx - dy, dy + dx);
      }
      before = at;
      at = next;
    }
    return polygon;
  }

  private static void corner(List<Point> polygon, Point2D_I32 pixel, int right, int down) {
    polygon.add(new Point(pixel.x + right / 2.0, pixel.y + down / 2.0));
  }
}
