package io.github.brainimaging.core.report;

import io.github.brainimaging.core.grid.TomographyCheck;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import io.github.brainimaging.core.transform.intensity.Grayscale;
import java.util.Arrays;

/** An image as the screen can show it: one channel, 0 to 255. */
final class DisplayGray {

  private DisplayGray() {}

  /** For gray and white matter in Hounsfield units, as readers of head CT set it. */
  private static final DisplayWindow BRAIN_IN_CT = DisplayWindow.linearExact(40, 80);

  /** So many slices of a volume, and so many pixels of each, tell what window it is shown in. */
  private static final int LOOKED_AT = 64;

  private static final int PIXELS_OF_EACH = 20_000;

  /** Three channels are red, green, blue; of other numbers the first channel is shown. */
  static MedicalImage of(MedicalImage image) {
    MedicalImage one = oneChannel(image);
    return of(one, window(image.channels(), image.modality(), one.samples()));
  }

  /** One window for all slices of a volume, so that they can be compared. */
  static DisplayWindow window(MedicalVolume volume) {
    int everySlice = (volume.depth() + LOOKED_AT - 1) / LOOKED_AT;
    float[] seen = {};
    for (int z = everySlice / 2; z < volume.depth(); z += everySlice) {
      float[] slice = thinned(oneChannel(volume.slice(z)).samples());
      int before = seen.length;
      seen = Arrays.copyOf(seen, before + slice.length);
      System.arraycopy(slice, 0, seen, before, slice.length);
    }
    return window(volume.channels(), volume.modality(), seen);
  }

  private static float[] thinned(float[] samples) {
    int every = (samples.length + PIXELS_OF_EACH - 1) / PIXELS_OF_EACH;
    float[] some = new float[(samples.length + every - 1) / every];
    for (int i = 0; i < some.length; i++) {
      some[i] = samples[i * every];
    }
    return some;
  }

  private static DisplayWindow window(int channels, Modality modality, float[] samples) {
    boolean hounsfield =
        channels == 1
            && TomographyCheck.isCt(modality, samples)
            && TomographyCheck.isHounsfield(samples);
    return hounsfield ? BRAIN_IN_CT : DisplayWindow.ofPercentiles(samples);
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
