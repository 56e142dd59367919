package io.github.brainimaging.core.report;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.transform.intensity.Grayscale;
import java.util.Arrays;

/**
 * An image as the screen can show it: one channel, 0 to 255. The gray values between the 0.5th and
 * the 99.5th percentile are spread over the range, so that a few extreme values (or the Hounsfield
 * units of a CT) do not leave the rest black. What is not finite becomes black, and so does an
 * image of one value.
 */
final class DisplayGray {

  private static final double LOW = 0.5;
  private static final double HIGH = 99.5;

  private DisplayGray() {}

  /** Three channels are red, green, blue; of other numbers the first channel is shown. */
  static MedicalImage of(MedicalImage image) {
    MedicalImage shown = image.channels() == 3 ? Grayscale.bt601().apply(image) : image;
    float[] gray = Arrays.copyOf(shown.samples(), image.width() * image.height());
    double[] window = Percentiles.of(gray, LOW, HIGH);
    double scale = window[1] > window[0] ? 255 / (window[1] - window[0]) : 0;
    for (int i = 0; i < gray.length; i++) {
      double value = (gray[i] - window[0]) * scale;
      // NaN fails the comparison.
      gray[i] = value > 0 ? (float) Math.min(255, value) : 0;
    }
    return MedicalImage.wrap(image.width(), image.height(), 1, gray).withNominalMaximum(255);
  }
}
