package io.github.brainimaging.segmentation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.Spacing;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistanceMapTest {

  @Test
  void agreesWithTheDistanceToEveryPixelOutside() {
    Random random = new Random(8);
    for (int round = 0; round < 100; round++) {
      int width = 1 + random.nextInt(14);
      int height = 1 + random.nextInt(14);
      boolean[] inside = new boolean[width * height];
      for (int i = 0; i < inside.length; i++) {
        inside[i] = random.nextInt(10) > 0;
      }
      Spacing spacing = new Spacing(0.5 + random.nextDouble(), 0.5 + random.nextDouble());
      float[] distances = DistanceMap.of(Mask.of(width, height, inside), spacing);

      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          assertThat(distances[y * width + x])
              .isCloseTo(nearest(inside, width, height, x, y, spacing), offset(1e-5f));
        }
      }
    }
  }

  private static float nearest(
      boolean[] inside, int width, int height, int x, int y, Spacing spacing) {
    double best = Double.POSITIVE_INFINITY;
    for (int v = -1; v <= height; v++) {
      for (int u = -1; u <= width; u++) {
        boolean within = u >= 0 && v >= 0 && u < width && v < height;
        if (!within || !inside[v * width + u]) {
          best = Math.min(best, Math.hypot((u - x) * spacing.x(), (v - y) * spacing.y()));
        }
      }
    }
    return (float) best;
  }
}
