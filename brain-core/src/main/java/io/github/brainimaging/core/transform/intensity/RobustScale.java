package io.github.brainimaging.core.transform.intensity;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.transform.ForegroundThreshold;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.VolumeTransform;

/**
 * The head's median to zero and its spread to one, limited to a range: {@code 1.349 (p - median) /
 * (q75 - q25)}, from -4 to 4.
 *
 * <p>The statistics are of the samples above {@link ForegroundThreshold}, most of which are brain.
 * In FLAIR and T1 the scalp can be several times as bright as the brain; mean and standard
 * deviation ({@link ZScore}) then follow the scalp and leave the brain little contrast, quartiles
 * do not. 1.349 is the distance of the quartiles of a normal distribution, for which the result is
 * that of a z-score.
 *
 * <p>Where the foreground is empty or its quartiles are equal, the whole image or volume is taken
 * instead; where its quartiles are equal as well, the result is zero. Samples that are not finite
 * are left out of the statistics; infinite ones are limited, NaN stays NaN. Size, spacing and
 * modality stay; the nominal maximum of an image becomes NaN.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class RobustScale implements Transform, VolumeTransform {

  private static final double NORMAL = 1.349;
  private static final double LIMIT = 4;
  private static final RobustScale OF_FOREGROUND = new RobustScale();

  private RobustScale() {}

  /**
   * Statistics over the samples above {@link ForegroundThreshold}, applied to all samples.
   *
   * @return the transform
   */
  public static RobustScale ofForeground() {
    return OF_FOREGROUND;
  }

  @Override
  public MedicalImage apply(MedicalImage image) {
    float[] scaled = scaled(image.samples(), ForegroundThreshold.above(image));
    return image.wrapSamples(scaled).withNominalMaximum(Float.NaN);
  }

  @Override
  public MedicalVolume apply(MedicalVolume volume) {
    return volume.wrapSamples(scaled(volume.samples(), ForegroundThreshold.above(volume)));
  }

  private static float[] scaled(float[] samples, float[] foreground) {
    double[] quartiles = Percentiles.values(foreground, 25, 50, 75);
    if (!(quartiles[2] > quartiles[0])) {
      quartiles = Percentiles.values(samples, 25, 50, 75);
    }
    double median = quartiles[1];
    double spread = quartiles[2] - quartiles[0];
    double factor = spread > 0 ? NORMAL / spread : 0;
    for (int i = 0; i < samples.length; i++) {
      double scaled = factor > 0 || Float.isNaN(samples[i]) ? (samples[i] - median) * factor : 0;
      samples[i] = (float) Math.min(LIMIT, Math.max(-LIMIT, scaled));
    }
    return samples;
  }

  @Override
  public String toString() {
    return "RobustScale[of foreground]";
  }
}
