package io.github.brainimaging.core.transform.intensity;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.VolumeTransform;
import java.util.Arrays;

/**
 * Gaussian smoothing (P1's first step), one axis after the other: two of a slice, three of a
 * volume.
 *
 * <p>The kernel is {@code exp(-x^2 / (2 sigma^2))} at whole pixels (voxels) up to {@code round(4
 * sigma)}, scaled to a sum of 1; what is smoothed is mirrored at its border, the border pixel
 * repeated ({@code d c b a | a b c d | d c b a}). Both as scipy's {@code gaussian_filter} by
 * default. Channels are smoothed one by one. Size, spacing, modality and nominal maximum stay. A
 * sample that is not finite spreads over the kernel's width.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class GaussianSmoothing implements Transform, VolumeTransform {

  private static final double TRUNCATE = 4;
  private static final double LARGEST_SIGMA_PIXELS = 1000;

  private final double sigma;
  private final boolean inMillimeters;

  private GaussianSmoothing(double sigma, boolean inMillimeters) {
    this.sigma = sigma;
    this.inMillimeters = inMillimeters;
  }

  /**
   * Smooths by a width in pixels, of a volume in voxels along each axis.
   *
   * @param sigmaPixels standard deviation of the kernel in pixels, 0 to 1000; below 0.125 the image
   *     stays as it is
   * @return the transform
   * @throws IllegalArgumentException if it is out of range
   */
  public static GaussianSmoothing ofSigmaPixels(double sigmaPixels) {
    return new GaussianSmoothing(requirePixels("sigmaPixels", sigmaPixels), false);
  }

  /**
   * Smooths by a width in millimeters, each axis by its own spacing. {@link #apply} throws if the
   * spacing is not known.
   *
   * @param sigmaMm standard deviation of the kernel in mm, 0 or more; at most 1000 pixels of what
   *     is smoothed
   * @return the transform
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static GaussianSmoothing ofSigmaMm(double sigmaMm) {
    Arguments.require(
        sigmaMm >= 0 && sigmaMm < Double.POSITIVE_INFINITY,
        "sigmaMm must be finite and not negative, got %s",
        sigmaMm);
    return new GaussianSmoothing(sigmaMm, true);
  }

  /**
   * Smooths an image.
   *
   * @param image the image
   * @return the smoothed image
   * @throws IllegalArgumentException if the width is in millimeters and the image's spacing is not
   *     known or makes it more than 1000 pixels
   */
  @Override
  public MedicalImage apply(MedicalImage image) {
    Spacing spacing = image.spacing();
    float[][] kernels = kernels("image", spacing, spacing.isKnown(), spacing.x(), spacing.y());
    if (areNone(kernels)) {
      return image;
    }
    float[] samples = image.samples();
    smoothSlices(samples, image.width(), image.height(), kernels);
    return image.wrapSamples(samples);
  }

  /**
   * Smooths a volume along its three axes.
   *
   * @param volume the volume
   * @return the smoothed volume
   * @throws IllegalArgumentException if the width is in millimeters and the volume's spacing is not
   *     known or makes it more than 1000 voxels
   */
  @Override
  public MedicalVolume apply(MedicalVolume volume) {
    VoxelSpacing spacing = volume.spacing();
    float[][] kernels =
        kernels("volume", spacing, spacing.isKnown(), spacing.x(), spacing.y(), spacing.z());
    if (areNone(kernels)) {
      return volume;
    }
    float[] samples = volume.samples();
    smoothSlices(samples, volume.width(), volume.height(), kernels);
    int pixels = volume.width() * volume.height();
    int voxels = pixels * volume.depth();
    for (int offset = 0; offset < samples.length; offset += voxels) {
      // Each slice is a row, so that the columns run from slice to slice.
      smoothColumns(samples, offset, pixels, volume.depth(), kernels[2]);
    }
    return volume.wrapSamples(samples);
  }

  /** The kernel along each axis, x first. */
  private float[][] kernels(String what, Object spacing, boolean known, double... sizes) {
    Arguments.require(
        known || !inMillimeters,
        "%s must have a known spacing for a width in mm, got %s",
        what,
        spacing);
    float[][] kernels = new float[sizes.length][];
    for (int axis = 0; axis < sizes.length; axis++) {
      double pixels =
          inMillimeters
              ? requirePixels("sigmaMm / spacing." + "xyz".charAt(axis), sigma / sizes[axis])
              : sigma;
      kernels[axis] = kernel(pixels);
    }
    return kernels;
  }

  /** Whether they are a single weight of 1. */
  private static boolean areNone(float[][] kernels) {
    return Arrays.stream(kernels).allMatch(kernel -> kernel.length == 1);
  }

  private static void smoothSlices(float[] samples, int width, int height, float[][] kernels) {
    for (int offset = 0; offset < samples.length; offset += width * height) {
      smoothColumns(samples, offset, width, height, kernels[1]);
      smoothRows(samples, offset, width, height, kernels[0]);
    }
  }

  private static double requirePixels(String name, double sigma) {
    Arguments.require(
        sigma >= 0 && sigma <= LARGEST_SIGMA_PIXELS,
        "%s must be 0 to %s pixels, got %s",
        name,
        LARGEST_SIGMA_PIXELS,
        sigma);
    return sigma;
  }

  /** Weights at distance 0, 1, 2, ...; the kernel is symmetric. */
  private static float[] kernel(double sigma) {
    int radius = (int) (TRUNCATE * sigma + 0.5);
    double[] weights = new double[radius + 1];
    weights[0] = 1;
    double sum = 1;
    for (int k = 1; k <= radius; k++) {
      weights[k] = StrictMath.exp(-0.5 * k * k / (sigma * sigma));
      sum += 2 * weights[k];
    }
    float[] kernel = new float[radius + 1];
    for (int k = 0; k <= radius; k++) {
      kernel[k] = (float) (weights[k] / sum);
    }
    return kernel;
  }

  private static void smoothColumns(
      float[] samples, int offset, int width, int height, float[] kernel) {
    float[] from = new float[width * height];
    System.arraycopy(samples, offset, from, 0, from.length);
    float[] sum = new float[width];
    for (int y = 0; y < height; y++) {
      int center = y * width;
      for (int x = 0; x < width; x++) {
        sum[x] = kernel[0] * from[center + x];
      }
      for (int k = 1; k < kernel.length; k++) {
        int above = mirrored(y - k, height) * width;
        int below = mirrored(y + k, height) * width;
        float weight = kernel[k];
        for (int x = 0; x < width; x++) {
          sum[x] += weight * (from[above + x] + from[below + x]);
        }
      }
      System.arraycopy(sum, 0, samples, offset + center, width);
    }
  }

  private static void smoothRows(
      float[] samples, int offset, int width, int height, float[] kernel) {
    int radius = kernel.length - 1;
    float[] row = new float[width + 2 * radius];
    float[] sum = new float[width];
    for (int y = 0; y < height; y++) {
      int start = offset + y * width;
      for (int i = 0; i < row.length; i++) {
        row[i] = samples[start + mirrored(i - radius, width)];
      }
      for (int x = 0; x < width; x++) {
        sum[x] = kernel[0] * row[radius + x];
      }
      for (int k = 1; k <= radius; k++) {
        int left = radius - k;
        int right = radius + k;
        float weight = kernel[k];
        for (int x = 0; x < width; x++) {
          sum[x] += weight * (row[left + x] + row[right + x]);
        }
      }
      System.arraycopy(sum, 0, samples, start, width);
    }
  }

  private static int mirrored(int i, int size) {
    if (i >= 0 && i < size) {
      return i;
    }
    int folded = Math.floorMod(i, 2 * size);
    return folded < size ? folded : 2 * size - 1 - folded;
  }

  @Override
  public String toString() {
    return "GaussianSmoothing[sigma=" + sigma + (inMillimeters ? " mm]" : " pixels]");
  }
}
