package io.github.brainimaging.core.grid;

import io.github.brainimaging.core.image.MedicalImage;

/**
 * An image as a function of continuous coordinates, linear between pixels, with a constant outside,
 * into which it blends within one pixel of the border.
 */
public final class PlaneSampler {

  private final MedicalImage image;
  private final int width;
  private final int height;
  private final float[] samples;
  private final float outside;

  private PlaneSampler(MedicalImage image, float outside) {
    this.image = image;
    this.width = image.width();
    this.height = image.height();
    this.samples = image.samples();
    this.outside = outside;
  }

  /**
   * Samples an image.
   *
   * @param image the image
   * @param outside what lies beyond its border
   * @return the sampler
   */
  public static PlaneSampler of(MedicalImage image, float outside) {
    return new PlaneSampler(image, outside);
  }

  /**
   * The image whose pixel (x, y) comes from (xx x + xy y + x0, yx x + yy y + y0) of this one.
   *
   * @param xx columns per column
   * @param xy columns per row
   * @param x0 columns, of the first pixel
   * @param yx rows per column
   * @param yy rows per row
   * @param y0 rows, of the first pixel
   * @return an image of the same size
   */
  public MedicalImage affine(double xx, double xy, double x0, double yx, double yy, double y0) {
    float[] result = new float[samples.length];
    int i = 0;
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < height; y++) {
        double rowX = x0 + xy * y;
        double rowY = y0 + yy * y;
        for (int x = 0; x < width; x++) {
          result[i++] = at(c, rowX + xx * x, rowY + yx * x);
        }
      }
    }
    return image.wrapSamples(result);
  }

  /** Where a pixel comes from, along one axis. */
  @FunctionalInterface
  public interface Origin {
    /**
     * A coordinate of the place.
     *
     * @param x column of the pixel
     * @param y row of the pixel
     * @return column or row in the sampled image
     */
    double of(int x, int y);
  }

  /**
   * The image whose pixels come from anywhere in this one.
   *
   * @param columns of the places that they come from
   * @param rows of the places that they come from
   * @return an image of the same size
   */
  public MedicalImage moved(Origin columns, Origin rows) {
    float[] result = new float[samples.length];
    int pixels = width * height;
    for (int i = 0; i < pixels; i++) {
      double x = columns.of(i % width, i / width);
      double y = rows.of(i % width, i / width);
      for (int c = 0; c < image.channels(); c++) {
        result[c * pixels + i] = at(c, x, y);
      }
    }
    return image.wrapSamples(result);
  }

  private float at(int channel, double x, double y) {
    if (!(x > -1 && y > -1 && x < width && y < height)) {
      return outside;
    }
    // The shift by 1 makes the cast to int a floor.
    int left = (int) (x + 1) - 1;
    int top = (int) (y + 1) - 1;
    float fx = (float) (x - left);
    float fy = (float) (y - top);
    int base = channel * width * height;
    float upper = mix(pixel(base, left, top), pixel(base, left + 1, top), fx);
    float lower = mix(pixel(base, left, top + 1), pixel(base, left + 1, top + 1), fx);
    return mix(upper, lower, fy);
  }

  private float pixel(int base, int x, int y) {
    return x < 0 || y < 0 || x >= width || y >= height ? outside : samples[base + y * width + x];
  }

  private static float mix(float a, float b, float part) {
    return a + part * (b - a);
  }
}
