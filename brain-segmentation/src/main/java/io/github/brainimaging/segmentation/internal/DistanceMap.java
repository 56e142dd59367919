package io.github.brainimaging.segmentation.internal;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.Spacing;

/**
 * The exact Euclidean distance of every pixel inside a mask to the nearest pixel outside: P. F.
 * Felzenszwalb, D. P. Huttenlocher, "Distance Transforms of Sampled Functions", 2012. What lies
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
    int width = mask.width();
    int height = mask.height();
    boolean[] inside = mask.toArray();
    int[] vertical = vertical(inside, width, height);
    float[] distance = new float[inside.length];
    Envelope envelope = new Envelope(width + 2, spacing.x());
    double[] heights = new double[width + 2];
    for (int y = 0; y < height; y++) {
      int row = y * width;
      int x = 0;
      while (x < width) {
        if (!inside[row + x]) {
          x++;
          continue;
        }
        int start = x;
        while (x < width && inside[row + x]) {
          double dy = vertical[row + x] * spacing.y();
          heights[x - start + 1] = dy * dy;
          x++;
        }
        // The pixels on both sides of the run are outside: their distance is 0.
        int length = x - start;
        heights[0] = 0;
        heights[length + 1] = 0;
        envelope.build(heights, length + 2);
        envelope.read(distance, row + start, length);
      }
    }
    return distance;
  }

  /** Steps to the nearest pixel outside in the same column. */
  private static int[] vertical(boolean[] inside, int width, int height) {
    int[] steps = new int[inside.length];
    for (int i = 0; i < steps.length; i++) {
      int above = i < width ? 0 : steps[i - width];
      steps[i] = inside[i] ? above + 1 : 0;
    }
    for (int i = steps.length - 1; i >= 0; i--) {
      int below = i >= (height - 1) * width ? 0 : steps[i + width];
      steps[i] = Math.min(steps[i], below + 1);
    }
    return steps;
  }

  /** The lower envelope of the parabolas {@code heights[i] + (step * (x - i))^2}. */
  private static final class Envelope {

    private final double squaredStep;
    private final int[] apex;
    private final double[] apexHeight;
    private final double[] from;
    private int last;

    Envelope(int capacity, double step) {
      squaredStep = step * step;
      apex = new int[capacity];
      apexHeight = new double[capacity];
      from = new double[capacity];
    }

    void build(double[] heights, int count) {
      last = -1;
      for (int i = 0; i < count; i++) {
        double start = Double.NEGATIVE_INFINITY;
        while (last >= 0) {
          int j = apex[last];
          start =
              ((heights[i] - apexHeight[last]) / squaredStep + (double) i * i - (double) j * j)
                  / (2.0 * (i - j));
          if (start > from[last]) {
            break;
          }
          last--;
        }
        last++;
        apex[last] = i;
        apexHeight[last] = heights[i];
        from[last] = last == 0 ? Double.NEGATIVE_INFINITY : start;
      }
    }

    /** Writes the distances at 1, 2, ..., length. */
    void read(float[] target, int offset, int length) {
      int k = 0;
      for (int x = 1; x <= length; x++) {
        while (k < last && from[k + 1] <= x) {
          k++;
        }
        double dx = x - apex[k];
        target[offset + x - 1] = (float) Math.sqrt(apexHeight[k] + squaredStep * dx * dx);
      }
    }
  }
}
