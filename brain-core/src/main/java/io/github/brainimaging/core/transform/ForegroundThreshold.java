package io.github.brainimaging.core.transform;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Percentiles;
import java.util.Arrays;

/**
 * The gray value above which a sample belongs to the head and not to the background around it.
 *
 * <p>{@code low + 0.1 * (high - low)}, where low and high are the 1st and the 99th percentile of
 * all finite samples. It moves with the image: of {@code a * image + b} with a positive {@code a}
 * the threshold is {@code a * threshold + b}, up to rounding. It suits images whose background is
 * their darkest part, such as MRI and CT.
 *
 * @since 0.1.0
 */
public final class ForegroundThreshold {

  private static final double LOW_PERCENTILE = 1;
  private static final double HIGH_PERCENTILE = 99;
  private static final double FRACTION = 0.1;

  private ForegroundThreshold() {}

  /**
   * The threshold of an image.
   *
   * @param image the image; with several channels, their samples are taken together
   * @return samples above it are foreground. Of a constant image it is that constant, so that
   *     nothing is foreground; NaN if no sample is finite
   */
  public static double value(MedicalImage image) {
    return value(image.samples());
  }

  /**
   * The threshold of a volume.
   *
   * @param volume the volume; with several channels, their samples are taken together
   * @return as for an image
   */
  public static double value(MedicalVolume volume) {
    return value(volume.samples());
  }

  /**
   * The foreground.
   *
   * @param image the image
   * @return the samples above the threshold, in their order; none if nothing is
   */
  public static float[] above(MedicalImage image) {
    return above(image.samples());
  }

  /**
   * The foreground of a volume.
   *
   * @param volume the volume
   * @return the samples above the threshold, in their order; none if nothing is
   */
  public static float[] above(MedicalVolume volume) {
    return above(volume.samples());
  }

  private static float[] above(float[] samples) {
    double threshold = value(samples);
    int n = 0;
    for (float v : samples) {
      if (v > threshold) {
        samples[n++] = v;
      }
    }
    return Arrays.copyOf(samples, n);
  }

  private static double value(float[] samples) {
    double[] range = Percentiles.values(samples, LOW_PERCENTILE, HIGH_PERCENTILE);
    return range[0] + FRACTION * (range[1] - range[0]);
  }
}
