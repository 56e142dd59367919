package io.github.brainimaging.core.report;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import java.util.List;

/**
 * Draws an image three times beside itself: as it is, with what was found outlined, and with the
 * truth outlined, for the eye to compare. The pictures are those of {@link Overlay}.
 *
 * <p>Stateless and safe to share between threads.
 */
public final class SideBySide {

  private SideBySide() {}

  /**
   * Draws the picture.
   *
   * @param image the image, gray or with three channels red, green, blue
   * @param found the mask that was found, on the image's grid; may be empty
   * @param truth the true mask, on the image's grid; may be empty
   * @return an image of the same height and three times the width, with three channels of whole
   *     numbers, 0 to 255, which {@link io.github.brainimaging.core.io.PngImageWriter} can write
   * @throws IllegalArgumentException if the sizes differ
   */
  public static MedicalImage draw(MedicalImage image, Mask found, Mask truth) {
    Mask none = Mask.empty(image.width(), image.height());
    List<float[]> pictures =
        List.of(
            Overlay.draw(image, none).samples(),
            Overlay.draw(image, found).samples(),
            Overlay.draw(image, truth).samples());
    int width = image.width();
    int rows = image.height() * 3; // of all three channels, which lie one after the other
    float[] all = new float[pictures.size() * width * rows];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < pictures.size(); i++) {
        int target = (row * pictures.size() + i) * width;
        System.arraycopy(pictures.get(i), row * width, all, target, width);
      }
    }
    return MedicalImage.wrap(pictures.size() * width, image.height(), 3, all)
        .withNominalMaximum(255);
  }
}
