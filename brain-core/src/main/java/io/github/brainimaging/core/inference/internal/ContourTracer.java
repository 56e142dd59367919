package io.github.brainimaging.core.inference.internal;

import io.github.brainimaging.core.grid.Components;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.inference.Contour;
import io.github.brainimaging.core.inference.Segmentation.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * The outlines of the regions of a mask for core itself, which has no BoofCV; the public door is
 * {@code segmentation.contour.Contours}, which gives the same.
 *
 * <p>Walks along the edges between inside and outside, the inside on the right hand. Where two
 * pixels touch at a corner it turns right, which keeps to the same pixel.
 */
public final class ContourTracer {

  /** East, south, west, north: each the right turn of the one before. */
  private static final int[] STEP_X = {1, 0, -1, 0};

  private static final int[] STEP_Y = {0, 1, 0, -1};

  private final Mask mask;
  private final int width;
  private final int height;
  private final int[] region;

  /** Edges along the top of a pixel that were walked, eastwards (outlines) or westwards (holes). */
  private final boolean[] walkedTop;

  private final boolean[] walkedBottom;

  private final List<List<Point>> outlines = new ArrayList<>();
  private final List<List<List<Point>>> holes = new ArrayList<>();

  private ContourTracer(Mask mask) {
    this.mask = mask;
    this.width = mask.width();
    this.height = mask.height();
    Components components =
        Components.of(
            Components.Runs.of(mask.toArray(), width), height, Components.Neighbors.SIDES);
    this.region = components.ofCells(width);
    for (int i = 0; i < components.count(); i++) {
      outlines.add(List.of());
      holes.add(new ArrayList<>());
    }
    this.walkedTop = new boolean[region.length];
    this.walkedBottom = new boolean[region.length];
  }

  /**
   * Traces the outlines of all regions.
   *
   * @param mask the mask
   * @return one per region, in the order in which rows meet them; none for an empty mask
   */
  public static List<Contour> trace(Mask mask) {
    return new ContourTracer(mask).trace();
  }

  private List<Contour> trace() {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (inside(x, y)) {
          if (!inside(x, y - 1) && !walkedTop[y * width + x]) {
            keep(walk(x, y, 0), region[y * width + x] - 1);
          }
          if (!inside(x, y + 1) && !walkedBottom[y * width + x]) {
            keep(walk(x + 1, y + 1, 2), region[y * width + x] - 1);
          }
        }
      }
    }
    List<Contour> contours = new ArrayList<>();
    for (int i = 0; i < outlines.size(); i++) {
      contours.add(new Contour(outlines.get(i), holes.get(i)));
    }
    return contours;
  }

  private boolean inside(int x, int y) {
    return x >= 0 && y >= 0 && x < width && y < height && mask.get(x, y);
  }

  private void keep(List<Point> polygon, int number) {
    // Holes run the other way round.
    if (new Contour(polygon, List.of()).areaPixels() > 0) {
      outlines.set(number, polygon);
    } else {
      holes.get(number).add(polygon);
    }
  }

  /**
   * From a corner of the grid (the top left one of pixel (x, y)) in a direction, and back to it.
   */
  private List<Point> walk(int startX, int startY, int startDirection) {
    List<Point> polygon = new ArrayList<>();
    int x = startX;
    int y = startY;
    int direction = startDirection;
    do {
      mark(x, y, direction);
      x += STEP_X[direction];
      y += STEP_Y[direction];
      int next = turn(x, y, direction);
      if (next != direction) {
        polygon.add(new Point(x - 0.5, y - 0.5));
      }
      direction = next;
    } while (x != startX || y != startY || direction != startDirection);
    return polygon;
  }

  private void mark(int x, int y, int direction) {
    if (direction == 0) {
      walkedTop[y * width + x] = true;
    } else if (direction == 2) {
      walkedBottom[(y - 1) * width + x - 1] = true;
    }
  }

  /** Right if the pixel ahead on the right is outside, left if both ahead are inside. */
  private int turn(int x, int y, int direction) {
    if (!ahead(x, y, direction, true)) {
      return (direction + 1) % 4;
    }
    return ahead(x, y, direction, false) ? (direction + 3) % 4 : direction;
  }

  /** The pixel in front of a corner, on the right or the left of the way. */
  private boolean ahead(int x, int y, int direction, boolean right) {
    int side = right ? (direction + 1) % 4 : (direction + 3) % 4;
    int dx = STEP_X[direction] + STEP_X[side];
    int dy = STEP_Y[direction] + STEP_Y[side];
    return inside(x + (dx - 1) / 2, y + (dy - 1) / 2);
  }
}
