package io.github.brainimaging.models.card;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.ForegroundThreshold;
import io.github.brainimaging.core.transform.Transform;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives images 0 to 1 whose format does not tell what is dark and what is bright. */
final class InputRange {

  private static final double LOW = 0.5;
  private static final double HIGH = 99.5;

  /** Below the maximum divided by this an image is dark: 12 bit in 16 end at a sixteenth. */
  private static final int DARK = 8;

  private static final Logger logger = LoggerFactory.getLogger(InputRange.class);

  /** The maxima that were warned of; as many as there are formats. */
  private static final Set<Float> TOLD = ConcurrentHashMap.newKeySet();

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
        warnIfDark(image);
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

  /** A dark slice of 16 bit and one of 12 bit in a file of 16 look alike: nothing is changed. */
  private static void warnIfDark(MedicalImage image) {
    float maximum = image.nominalMaximum();
    float highest = image.range()[1];
    if (maximum > 255 && highest > 0 && highest < maximum / DARK && TOLD.add(maximum)) {
      logger.warn(
          "the values of an image of {} x {} end at {}, its format at {}: a network that divides by"
              + " that sees it nearly black. Where the files hold fewer bits than their format,"
              + " the range PERCENTILES in the card, or withNominalMaximum, takes them as they are"
              + " meant; told once for each maximum",
          image.width(),
          image.height(),
          highest,
          maximum);
    }
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
