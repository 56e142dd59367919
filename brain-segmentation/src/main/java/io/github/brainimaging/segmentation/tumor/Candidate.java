package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.segmentation.components.ConnectedComponents;
import io.github.brainimaging.segmentation.morphology.Morphology;

/**
 * A bright region without holes, on a grid of its own: its box with one pixel around it.
 *
 * @param box where the grid lies in the image; may reach one pixel beyond it
 * @param region the pixels on that grid; the outermost ones are outside
 */
record Candidate(BoundingBox box, Mask region) {

  static Candidate of(ConnectedComponents components, int[] labels, int label, int imageWidth) {
    BoundingBox inner = components.boundingBox(label);
    BoundingBox box =
        new BoundingBox(inner.x() - 1, inner.y() - 1, inner.width() + 2, inner.height() + 2);
    boolean[] region = new boolean[box.width() * box.height()];
    for (int y = 0; y < inner.height(); y++) {
      int source = (inner.y() + y) * imageWidth + inner.x();
      int target = (y + 1) * box.width() + 1;
      for (int x = 0; x < inner.width(); x++) {
        region[target + x] = labels[source + x] == label;
      }
    }
    return new Candidate(box, Morphology.fillHoles(Mask.wrap(box.width(), box.height(), region)));
  }

  Mask toMask(int width, int height) {
    boolean[] source = region.toArray();
    boolean[] inside = new boolean[width * height];
    for (int y = 1; y < box.height() - 1; y++) {
      System.arraycopy(
          source,
          y * box.width() + 1,
          inside,
          (box.y() + y) * width + box.x() + 1,
          box.width() - 2);
    }
    return Mask.wrap(width, height, inside);
  }
}
