package io.github.brainimaging.segmentation.internal;

import io.github.brainimaging.core.image.MedicalImage;

/** Images without NaN and infinity. */
public final class FiniteImage {

  private FiniteImage() {}

  /**
   * Replaces samples that are not finite by the smallest one that is.
   *
   * @param image any image
   * @return the image itself if all samples are finite; zeros if none is
   */
  public static MedicalImage of(MedicalImage image) {
    float[] samples = image.samples();
    float smallest = Float.NaN;
    boolean changed = false;
    for (int i = 0; i < samples.length; i++) {
      if (!Float.isFinite(samples[i])) {
        if (!changed) {
          smallest = image.range()[0];
          changed = true;
        }
        samples[i] = Float.isNaN(smallest) ? 0 : smallest;
      }
    }
    return changed ? image.wrapSamples(samples) : image;
  }
}
