package io.github.brainimaging.core.fusion;

/** The mean over a square window, of which only the part inside the image counts. */
final class BoxMean {

  private BoxMean() {}

  static Channel of(Channel plane, int radius) {
    int width = plane.width();
    int height = plane.height();
    // sums[y][x] is the sum of all samples above and left of (x, y).
    double[] sums = new double[(width + 1) * (height + 1)];
    for (int y = 0; y < height; y++) {
      double row = 0;
      for (int x = 0; x < width; x++) {
        row += plane.samples()[y * width + x];
        sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
      }
    }
    float[] mean = new float[width * height];
    for (int y = 0, i = 0; y < height; y++) {
      int top = Math.max(y - radius, 0);
      int bottom = Math.min(y + radius + 1, height);
      int above = top * (width + 1);
      int below = bottom * (width + 1);
      for (int x = 0; x < width; x++) {
        int left = Math.max(x - radius, 0);
        int right = Math.min(x + radius + 1, width);
        double sum =
            sums[below + right] - sums[below + left] - sums[above + right] + sums[above + left];
        mean[i++] = (float) (sum / ((bottom - top) * (right - left)));
      }
    }
    return new Channel(width, height, mean);
  }
}
