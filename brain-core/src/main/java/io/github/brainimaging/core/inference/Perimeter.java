package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.image.Mask;

/**
 * Benkrid's estimate of the length of an outline: every outline pixel is weighed by how many of its
 * neighbors are on the outline too.
 */
final class Perimeter {

  private static final double ROOT = Math.sqrt(2);

  private Perimeter() {}

  static double of(Mask mask) {
    int width = mask.width();
    int height = mask.height();
    boolean[] outline = mask.outline().toArray();
    double length = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (outline[y * width + x]) {
          length += weight(outline, width, height, x, y);
        }
      }
    }
    return length;
  }

  /**
   * 1 for a pixel on a straight line (two or three edge neighbors, at most two corners), root 2 for
   * one on a diagonal, their mean for one between both, 0 for all other patterns.
   */
  private static double weight(boolean[] outline, int width, int height, int x, int y) {
    int edges = 0;
    int corners = 0;
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        int u = x + dx;
        int v = y + dy;
        boolean other = (dx != 0 || dy != 0) && u >= 0 && v >= 0 && u < width && v < height;
        if (other && outline[v * width + u]) {
          if (dx == 0 || dy == 0) {
            edges++;
          } else {
            corners++;
          }
        }
      }
    }
    // scikit-image's code of the pattern: 1 + 2 per edge neighbor + 10 per corner.
    return switch (1 + 2 * edges + 10 * corners) {
      case 5, 7, 15, 17, 25, 27 -> 1;
      case 21, 33 -> ROOT;
      case 13, 23 -> (1 + ROOT) / 2;
      default -> 0;
    };
  }
}
