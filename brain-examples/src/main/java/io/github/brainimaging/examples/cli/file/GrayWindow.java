package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Percentiles;

/**
 * The intensities that are shown, as 8 bits of gray.
 *
 * @param black this and below is 0
 * @param white this and above is 255
 */
public record GrayWindow(double black, double white) {

  /** From the 0.5th to the 99.5th percentile of a volume, one window for all of its slices. */
  public static GrayWindow of(MedicalVolume volume) {
    double[] range = Percentiles.of(volume.samples(), 0.5, 99.5);
    return new GrayWindow(range[0], range[1]);
  }

  public MedicalImage apply(MedicalImage image) {
    float[] samples = image.samples();
    double scale = white > black ? 255 / (white - black) : 0;
    for (int i = 0; i < samples.length; i++) {
      double gray = Math.rint((samples[i] - black) * scale);
      samples[i] = gray >= 0 ? (float) Math.min(gray, 255) : 0;
    }
    return image.withSamples(samples).withNominalMaximum(255);
  }
}
