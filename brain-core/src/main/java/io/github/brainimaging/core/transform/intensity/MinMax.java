package io.github.brainimaging.core.transform.intensity;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.VolumeTransform;

/**
 * Maps the smallest sample to 0 and the largest to 1: {@code (p - min) / (max - min)}.
 *
 * <p>Minimum and maximum are those of all channels together. What is constant becomes zero. Samples
 * that are not finite are left out of them and stay not finite. The nominal maximum of an image
 * becomes 1; size, channels, spacing and modality stay.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class MinMax implements Transform, VolumeTransform {

  private static final MinMax TO_UNIT = new MinMax();

  private MinMax() {}

  /**
   * To the range from 0 to 1.
   *
   * @return the transform
   */
  public static MinMax toUnit() {
    return TO_UNIT;
  }

  @Override
  public MedicalImage apply(MedicalImage image) {
    return image.wrapSamples(scaled(image.samples(), image.range())).withNominalMaximum(1);
  }

  @Override
  public MedicalVolume apply(MedicalVolume volume) {
    return volume.wrapSamples(scaled(volume.samples(), volume.range()));
  }

  private static float[] scaled(float[] samples, float[] range) {
    double min = range[0];
    double width = range[1] - min;
    double factor = width > 0 ? 1 / width : 0;
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) ((samples[i] - min) * factor);
    }
    return samples;
  }

  @Override
  public String toString() {
    return "MinMax[to unit]";
  }
}
