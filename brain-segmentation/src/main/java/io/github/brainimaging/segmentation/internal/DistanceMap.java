package io.github.brainimaging.segmentation.internal;

import io.github.brainimaging.core.grid.DistanceTransform;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.Spacing;

/**
 * The exact Euclidean distance of every pixel inside a mask to the nearest pixel outside. What lies
 * beyond the border of the image is outside.
 */
public final class DistanceMap {

  private DistanceMap() {}

  /**
   * The distances.
   *
   * @param mask the mask
   * @param spacing the distance between two columns and two rows, known
   * @return row after row, 0 outside
   */
  public static float[] of(Mask mask, Spacing spacing) {
    double[] squared =
        DistanceTransform.squared(
            mask.toArray(),
            false,
            mask.width(),
            mask.height(),
            new double[] {spacing.x(), spacing.y(), 1},
            true);
    float[] distance = new float[squared.length];
    for (int i = 0; i < distance.length; i++) {
      if (squared[i] > 0) {
        distance[i] = (float) Math.sqrt(squared[i]);
      }
    }
    return distance;
  }
}
