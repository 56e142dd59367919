package io.github.brainimaging.core.report;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.Arrays;

/**
 * An image as the screen can show it: one channel, 0 to 255. The gray values between the 0.5th and
 * the 99.5th percentile are spread over the range, so that a few extreme values (or the Hounsfield
 * units of a CT) do not leave the rest black. What is not finite becomes black.
 */
final class DisplayGray {

  private static final double LOW = 0.005;
  private static final double HIGH = 0.995;

  /** Percentiles are taken of about this many samples at most. */
  private static final int SAMPLE = 1_000_000;

  private DisplayGray() {}

  static MedicalImage of(MedicalImage image) {
    float[] gray = luminance(image);
    float[] sorted = sortedSample(gray);
    float low = sorted.length == 0 ? 0 : sorted[(int) (LOW * (sorted.length - 1))];
    float high = sorted.length == 0 ? 0 : sorted[(int) Math.ceil(HIGH * (sorted.length - 1))];
    float scale = high > low ? 255 / (high - low) : 0;
    for (int i = 0; i < gray.length; i++) {
      float shown = (gray[i] - low) * scale;
      // NaN fails the comparison.
      gray[i] = shown > 0 ? Math.min(255, shown) : 0;
    }
    return MedicalImage.wrap(image.width(), image.height(), 1, gray).withNominalMaximum(255);
  }

  /** Of three channels ITU-R BT.601's luminance, else the first channel. */
  private static float[] luminance(MedicalImage image) {
    float[] samples = image.samples();
    int pixels = image.width() * image.height();
    float[] gray = Arrays.copyOf(samples, pixels);
    if (image.channels() == 3) {
      for (int i = 0; i < pixels; i++) {
        gray[i] =
            0.299f * samples[i] + 0.587f * samples[pixels + i] + 0.114f * samples[2 * pixels + i];
      }
    }
    return gray;
  }

  private static float[] sortedSample(float[] gray) {
    int stride = 1 + gray.length / SAMPLE;
    float[] sample = new float[gray.length / stride + 1];
    int n = 0;
    for (int i = 0; i < gray.length; i += stride) {
      if (Float.isFinite(gray[i])) {
        sample[n++] = gray[i];
      }
    }
    sample = Arrays.copyOf(sample, n);
    Arrays.sort(sample);
    return sample;
  }
}
