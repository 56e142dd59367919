package io.github.brainimaging.core.report;

import io.github.brainimaging.core.grid.TomographyCheck;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import io.github.brainimaging.core.transform.intensity.Grayscale;
import java.util.Arrays;

/** An image as the screen can show it: one channel, 0 to 255. */
final class DisplayGray {

  private DisplayGray() {}

  /** For gray and white matter in Hounsfield units, as readers of head CT set it. */
  private static final DisplayWindow BRAIN_IN_CT = DisplayWindow.linearExact(40, 80);

  /** Three channels are red, green, blue; of other numbers the first channel is shown. */
  static MedicalImage of(MedicalImage image) {
    MedicalImage one = oneChannel(image);
    float[] samples = one.samples();
    boolean hounsfield =
        image.channels() == 1
            && TomographyCheck.isCt(image.modality(), samples)
            && TomographyCheck.isHounsfield(samples);
    return of(one, hounsfield ? BRAIN_IN_CT : DisplayWindow.ofPercentiles(samples));
  }

  static MedicalImage of(MedicalImage image, DisplayWindow window) {
    return window.toGray(oneChannel(image));
  }

  private static MedicalImage oneChannel(MedicalImage image) {
    MedicalImage shown = image.channels() == 3 ? Grayscale.bt601().apply(image) : image;
    float[] gray = Arrays.copyOf(shown.samples(), image.width() * image.height());
    return MedicalImage.wrap(image.width(), image.height(), 1, gray);
  }
}
