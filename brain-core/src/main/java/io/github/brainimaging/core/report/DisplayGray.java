package io.github.brainimaging.core.report;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import io.github.brainimaging.core.transform.intensity.Grayscale;
import java.util.Arrays;

/** An image as the screen can show it: one channel, 0 to 255. */
final class DisplayGray {

  private DisplayGray() {}

  /** Three channels are red, green, blue; of other numbers the first channel is shown. */
  static MedicalImage of(MedicalImage image) {
    MedicalImage shown = image.channels() == 3 ? Grayscale.bt601().apply(image) : image;
    float[] gray = Arrays.copyOf(shown.samples(), image.width() * image.height());
    return DisplayWindow.ofPercentiles(gray)
        .toGray(MedicalImage.wrap(image.width(), image.height(), 1, gray));
  }
}
