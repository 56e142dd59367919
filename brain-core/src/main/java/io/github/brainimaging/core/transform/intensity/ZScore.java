package io.github.brainimaging.core.transform.intensity;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.transform.ForegroundThreshold;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.VolumeTransform;

/**
 * Zero mean and unit variance: {@code (p - mean) / standardDeviation} (P3, P4).
 *
 * <p>Mean and population standard deviation (divided by n) are computed in double over all channels
 * together, of a slice or of a whole volume. What is constant becomes zero. Samples that are not
 * finite are left out of the statistics and stay not finite. Size, spacing and modality stay; the
 * nominal maximum of an image becomes NaN.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class ZScore implements Transform, VolumeTransform {

  private static final ZScore OF_IMAGE = new ZScore(false);
  private static final ZScore OF_FOREGROUND = new ZScore(true);

  private final boolean foreground;

  private ZScore(boolean foreground) {
    this.foreground = foreground;
  }

  /**
   * Statistics over the whole image.
   *
   * @return the transform
   */
  public static ZScore ofImage() {
    return OF_IMAGE;
  }

  /**
   * Statistics over the samples above {@link ForegroundThreshold}, applied to all samples: how much
   * background surrounds the head then hardly matters. Where the foreground is empty or constant,
   * the whole image is taken instead.
   *
   * @return the transform
   */
  public static ZScore ofForeground() {
    return OF_FOREGROUND;
  }

  @Override
  public MedicalImage apply(MedicalImage image) {
    double threshold = foreground ? ForegroundThreshold.value(image) : Double.NEGATIVE_INFINITY;
    return image.wrapSamples(scaled(image.samples(), threshold)).withNominalMaximum(Float.NaN);
  }

  @Override
  public MedicalVolume apply(MedicalVolume volume) {
    double threshold = foreground ? ForegroundThreshold.value(volume) : Double.NEGATIVE_INFINITY;
    return volume.wrapSamples(scaled(volume.samples(), threshold));
  }

  private float[] scaled(float[] samples, double threshold) {
    Statistics statistics = Statistics.above(samples, threshold);
    if (foreground && !(statistics.deviation > 0)) {
      statistics = Statistics.above(samples, Double.NEGATIVE_INFINITY);
    }
    double mean = statistics.mean;
    double factor = statistics.deviation > 0 ? 1 / statistics.deviation : 0;
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) ((samples[i] - mean) * factor);
    }
    return samples;
  }

  /** Mean and population standard deviation; NaN of nothing. */
  private record Statistics(double mean, double deviation) {

    /** Of the finite samples above a threshold. */
    static Statistics above(float[] samples, double threshold) {
      double sum = 0;
      int n = 0;
      for (float v : samples) {
        if (v > threshold && v <= Float.MAX_VALUE) {
          sum += v;
          n++;
        }
      }
      double mean = sum / n;
      double squares = 0;
      for (float v : samples) {
        if (v > threshold && v <= Float.MAX_VALUE) {
          squares += (v - mean) * (v - mean);
        }
      }
      return new Statistics(mean, Math.sqrt(squares / n));
    }
  }

  @Override
  public String toString() {
    return foreground ? "ZScore[of foreground]" : "ZScore[of image]";
  }
}
