package io.github.brainimaging.models.card;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.spatial.Placement;
import java.util.ArrayList;
import java.util.List;

/** Covers an image with tiles of the network's size that overlap by half or more. */
final class Tiles {

  private Tiles() {}

  /** Row after row; the last of a row or column ends at the border of the image. */
  static List<Placement> over(MedicalImage image, int width, int height) {
    List<Placement> tiles = new ArrayList<>();
    for (int y : starts(image.height(), height)) {
      for (int x : starts(image.width(), width)) {
        tiles.add(at(image, x, y, width, height));
      }
    }
    return tiles;
  }

  private static List<Integer> starts(int length, int tile) {
    int last = Math.max(0, length - tile);
    int steps = (int) Math.ceil(last / (tile / 2.0));
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int i = 1; i <= steps; i++) {
      starts.add((int) ((long) last * i / steps));
    }
    return starts;
  }

  /** One tile; an image smaller than it lies in the middle of it. */
  static Placement at(MedicalImage image, int x, int y, int width, int height) {
    int w = Math.min(width, image.width());
    int h = Math.min(height, image.height());
    BoundingBox source = new BoundingBox(x, y, w, h);
    BoundingBox target = new BoundingBox((width - w) / 2, (height - h) / 2, w, h);
    return new Placement(image.width(), image.height(), source, width, height, target);
  }
}
