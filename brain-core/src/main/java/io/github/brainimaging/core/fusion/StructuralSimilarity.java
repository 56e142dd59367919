package io.github.brainimaging.core.fusion;

/**
 * SSIM of Z. Wang and others: Image quality assessment, IEEE Trans. Image Processing 13(4), 2004,
 * 600: Gaussian window of 11 x 11 with a sigma of 1.5, K1 = 0.01, K2 = 0.03, mean over all windows
 * that lie inside, for images in [0, 1].
 */
final class StructuralSimilarity {

  private static final int RADIUS = 5;
  private static final double SIGMA = 1.5;
  private static final double C1 = 0.01 * 0.01;
  private static final double C2 = 0.03 * 0.03;

  private StructuralSimilarity() {}

  /** At most 1; NaN if the images are smaller than the window. */
  static double of(Channel a, Channel b) {
    int width = a.width() - 2 * RADIUS;
    int height = a.height() - 2 * RADIUS;
    if (width < 1 || height < 1) {
      return Double.NaN;
    }
    double[] meanA = windowed(a, a, false);
    double[] meanB = windowed(b, b, false);
    double[] squareA = windowed(a, a, true);
    double[] squareB = windowed(b, b, true);
    double[] product = windowed(a, b, true);
    double sum = 0;
    for (int i = 0; i < meanA.length; i++) {
      double covariance = product[i] - meanA[i] * meanB[i];
      double varianceA = squareA[i] - meanA[i] * meanA[i];
      double varianceB = squareB[i] - meanB[i] * meanB[i];
      sum +=
          (2 * meanA[i] * meanB[i] + C1)
              * (2 * covariance + C2)
              / ((meanA[i] * meanA[i] + meanB[i] * meanB[i] + C1) * (varianceA + varianceB + C2));
    }
    return sum / meanA.length;
  }

  /** Weighted means of a, or of the product of a and b, over every window inside. */
  private static double[] windowed(Channel a, Channel b, boolean ofProduct) {
    double[] kernel = kernel();
    int width = a.width() - 2 * RADIUS;
    int height = a.height() - 2 * RADIUS;
    double[] means = new double[width * height];
    double[] row = new double[a.width()];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < a.width(); x++) {
        row[x] = 0;
        for (int k = 0; k < kernel.length; k++) {
          int at = (y + k) * a.width() + x;
          double value = a.samples()[at];
          row[x] += kernel[k] * (ofProduct ? value * b.samples()[at] : value);
        }
      }
      for (int x = 0; x < width; x++) {
        for (int k = 0; k < kernel.length; k++) {
          means[y * width + x] += kernel[k] * row[x + k];
        }
      }
    }
    return means;
  }

  private static double[] kernel() {
    double[] kernel = new double[2 * RADIUS + 1];
    double sum = 0;
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] = Math.exp(-0.5 * (k - RADIUS) * (k - RADIUS) / (SIGMA * SIGMA));
      sum += kernel[k];
    }
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] /= sum;
    }
    return kernel;
  }
}
