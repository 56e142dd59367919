package io.github.brainimaging.core.transform.intensity;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.VolumeTransform;

/**
 * Limits gray values to two percentiles of the image or volume, against outliers.
 *
 * <p>Percentiles are those of all channels together, interpolated linearly as by numpy's {@code
 * percentile}. Samples that are not finite are left out of them; NaN stays NaN, infinities are
 * limited. What has no finite sample is returned as it is. Size, channels, spacing, modality and
 * nominal maximum stay.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class PercentileClip implements Transform, VolumeTransform {

  private final double low;
  private final double high;

  private PercentileClip(double low, double high) {
    this.low = low;
    this.high = high;
  }

  /**
   * Limits to a range of percentiles; 0.5 and 99.5 are usual.
   *
   * @param low lower one in percent, 0 to high
   * @param high upper one in percent, low to 100
   * @return the transform
   * @throws IllegalArgumentException if a percentile is out of range
   */
  public static PercentileClip of(double low, double high) {
    Arguments.require(low >= 0 && low <= 100, "low must be 0 to 100, got %s", low);
    Arguments.require(high >= low && high <= 100, "high must be %s to 100, got %s", low, high);
    return new PercentileClip(low, high);
  }

  @Override
  public MedicalImage apply(MedicalImage image) {
    float[] samples = image.samples();
    return clip(samples) ? image.wrapSamples(samples) : image;
  }

  @Override
  public MedicalVolume apply(MedicalVolume volume) {
    float[] samples = volume.samples();
    return clip(samples) ? volume.wrapSamples(samples) : volume;
  }

  /** Whether there was anything to take percentiles of. */
  private boolean clip(float[] samples) {
    double[] limits = Percentiles.values(samples, low, high);
    if (Double.isNaN(limits[0])) {
      return false;
    }
    float from = (float) limits[0];
    float to = (float) limits[1];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Math.min(Math.max(samples[i], from), to);
    }
    return true;
  }

  @Override
  public String toString() {
    return "PercentileClip[low=" + low + ", high=" + high + "]";
  }
}
