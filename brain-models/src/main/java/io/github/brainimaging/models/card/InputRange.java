package io.github.brainimaging.models.card;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.ForegroundThreshold;
import io.github.brainimaging.core.transform.Transform;

/** Gives images 0 to 1 whose format does not tell what is dark and what is bright. */
final class InputRange {

  private static final double LOW = 0.5;
  private static final double HIGH = 99.5;

  private InputRange() {}

  /**
   * The transform of {@link ModelInput.Range}.
   *
   * @param window whether the format's maximum and the file's window count
   * @return an image with a nominal maximum
   */
  static Transform of(boolean window) {
    return image -> {
      if (window && isTold(image)) {
        return image;
      }
      float[] shown = image.displayRange();
      boolean told = window && Float.isFinite(shown[0]);
      return told ? limited(image, shown[0], shown[1]) : byPercentiles(image);
    };
  }

  /** From 0 to the maximum of an image that has one, to offset and offset + factor. */
  static Transform scaled(float factor, float offset) {
    return image -> {
      double maximum = image.nominalMaximum();
      Arguments.require(
          maximum > 0, "image must have a nominal maximum, got %s", image.nominalMaximum());
      float[] samples = image.samples();
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (float) (samples[i] * (factor / maximum) + offset);
      }
      return image.wrapSamples(samples).withNominalMaximum(offset + factor);
    };
  }

  private static boolean isTold(MedicalImage image) {
    float maximum = image.nominalMaximum();
    return maximum <= 255 || (maximum > 255 && image.modality() == Modality.UNKNOWN);
  }

  private static MedicalImage byPercentiles(MedicalImage image) {
    float[] samples = image.samples();
    float[] head = ForegroundThreshold.above(image);
    double[] ends = Percentiles.values(head.length > 0 ? head : samples, LOW, HIGH);
    double[] all = Percentiles.values(samples, LOW, HIGH);
    double low = Math.min(ends[0], all[0]); // the background is black
    return limited(image, low, ends[1] > low ? ends[1] : low + 1);
  }

  private static MedicalImage limited(MedicalImage image, double black, double white) {
    float[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) Math.min(1, Math.max(0, (samples[i] - black) / (white - black)));
    }
    return image.wrapSamples(samples).withNominalMaximum(1);
  }
}
