package io.github.brainimaging.segmentation.internal;

import boofcv.alg.filter.blur.BlurImageOps;
import boofcv.struct.image.GrayF32;
import boofcv.struct.image.GrayU8;

/**
 * BoofCV's median of a square window, with the border repeated.
 *
 * <p>BoofCV shortens the windows at the border, so the image is padded first and the padding cut
 * off afterwards.
 */
public final class SlidingMedian {

  private SlidingMedian() {}

  /**
   * Filters one channel.
   *
   * @param samples row after row, no NaN
   * @param width columns
   * @param height rows
   * @param radius the window is {@code 2 * radius + 1} wide and high
   * @return a new array
   */
  public static float[] of(float[] samples, int width, int height, int radius) {
    float[] padded = pad(samples, width, height, radius);
    int paddedWidth = width + 2 * radius;
    int paddedHeight = height + 2 * radius;
    float[] filtered =
        isEightBit(samples)
            ? histogramMedian(padded, paddedWidth, paddedHeight, radius)
            : sortedMedian(padded, paddedWidth, paddedHeight, radius);
    float[] result = new float[samples.length];
    for (int y = 0; y < height; y++) {
      System.arraycopy(filtered, (y + radius) * paddedWidth + radius, result, y * width, width);
    }
    return result;
  }

  private static boolean isEightBit(float[] samples) {
    for (float v : samples) {
      if (!(v >= 0 && v <= 255 && v == (int) v)) {
        return false;
      }
    }
    return true;
  }

  private static float[] pad(float[] samples, int width, int height, int radius) {
    int paddedWidth = width + 2 * radius;
    int paddedHeight = height + 2 * radius;
    float[] padded = new float[paddedWidth * paddedHeight];
    for (int y = 0; y < paddedHeight; y++) {
      int row = Math.min(Math.max(y - radius, 0), height - 1) * width;
      for (int x = 0; x < paddedWidth; x++) {
        padded[y * paddedWidth + x] = samples[row + Math.min(Math.max(x - radius, 0), width - 1)];
      }
    }
    return padded;
  }

  private static float[] histogramMedian(float[] padded, int width, int height, int radius) {
    GrayU8 input = new GrayU8(width, height);
    for (int i = 0; i < padded.length; i++) {
      input.data[i] = (byte) (int) padded[i];
    }
    GrayU8 output = new GrayU8(width, height);
    GrayU8 filtered = BlurImageOps.median(input, output, radius, radius, null);
    float[] result = new float[padded.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = filtered.data[i] & 0xFF;
    }
    return result;
  }

  private static float[] sortedMedian(float[] padded, int width, int height, int radius) {
    GrayF32 input = new GrayF32(width, height);
    input.data = padded;
    GrayF32 output = new GrayF32(width, height);
    return BlurImageOps.median(input, output, radius, radius, null).data;
  }
}
