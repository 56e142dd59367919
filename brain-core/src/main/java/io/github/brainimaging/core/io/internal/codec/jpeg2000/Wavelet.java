package io.github.brainimaging.core.io.internal.codec.jpeg2000;

/** One level of the inverse wavelet transform (T.800, annex F.3). */
final class Wavelet {

  private static final float ALPHA = (float) -1.586134342059924;
  private static final float BETA = (float) -0.052980118572961;
  private static final float GAMMA = (float) 0.882911075530934;
  private static final float DELTA = (float) 0.443506852043971;
  private static final float K = (float) 1.230174104914001;

  private final int x0;
  private final int y0;
  private final int width;
  private final int height;
  private final boolean reversible;

  /** The level whose result has this rectangle. */
  Wavelet(int x0, int y0, int x1, int y1, boolean reversible) {
    this.x0 = x0;
    this.y0 = y0;
    this.width = x1 - x0;
    this.height = y1 - y0;
    this.reversible = reversible;
  }

  float[] join(float[] ll, float[] hl, float[] lh, float[] hh) {
    float[] image = new float[Math.max(0, width) * Math.max(0, height)];
    if (image.length == 0) {
      return image;
    }
    interleave(ll, image, 0, 0);
    interleave(hl, image, 1, 0);
    interleave(lh, image, 0, 1);
    interleave(hh, image, 1, 1);
    float[] line = new float[Math.max(width, height) + 8];
    for (int y = 0; y < height; y++) {
      transform(image, y * width, 1, width, x0 & 1, line);
    }
    for (int x = 0; x < width; x++) {
      transform(image, x, width, height, y0 & 1, line);
    }
    return image;
  }

  private void interleave(float[] band, float[] image, int oddX, int oddY) {
    int at = 0;
    for (int y = (y0 & 1) ^ oddY; y < height; y += 2) {
      for (int x = (x0 & 1) ^ oddX; x < width; x += 2) {
        image[y * width + x] = band[at++];
      }
    }
  }

  /** One row or column; the line has four more samples on each side, mirrored. */
  private void transform(float[] image, int start, int step, int length, int odd, float[] line) {
    if (length == 1) {
      if (odd == 1) {
        image[start] = reversible ? (int) image[start] >> 1 : image[start] / 2;
      }
      return;
    }
    for (int i = 0; i < length; i++) {
      line[4 + i] = image[start + i * step];
    }
    int period = 2 * (length - 1);
    for (int i = 1; i <= 4; i++) {
      int left = i % period;
      line[4 - i] = line[4 + Math.min(left, period - left)];
      int right = (length - 1 + i) % period;
      line[3 + length + i] = line[4 + Math.min(right, period - right)];
    }
    if (reversible) {
      lift53(line, length, odd);
    } else {
      lift97(line, length, odd);
    }
    for (int i = 0; i < length; i++) {
      image[start + i * step] = line[4 + i];
    }
  }

  private static void lift53(float[] line, int length, int odd) {
    // Even samples lie at 4 + odd + 2 k; one more on each side is needed by the odd ones.
    for (int i = 2 + odd; i < length + 6; i += 2) {
      line[i] -= ((int) line[i - 1] + (int) line[i + 1] + 2) >> 2;
    }
    for (int i = 3 + odd; i < length + 5; i += 2) {
      line[i] += ((int) line[i - 1] + (int) line[i + 1]) >> 1;
    }
  }

  private static void lift97(float[] line, int length, int odd) {
    for (int i = 0; i < length + 8; i++) {
      line[i] *= (i & 1) == odd ? K : 1 / K;
    }
    lift(line, 1 + (odd ^ 1), length + 7, -DELTA);
    lift(line, 2 + (odd ^ 1), length + 6, -GAMMA);
    lift(line, 3 + (odd ^ 1), length + 5, -BETA);
    lift(line, 4 + (odd ^ 1), length + 4, -ALPHA);
  }

  private static void lift(float[] line, int from, int to, float factor) {
    for (int i = from; i < to; i += 2) {
      line[i] += factor * (line[i - 1] + line[i + 1]);
    }
  }
}
