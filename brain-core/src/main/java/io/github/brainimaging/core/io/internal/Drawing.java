package io.github.brainimaging.core.io.internal;

import io.github.brainimaging.core.image.MedicalImage;
import java.awt.image.BufferedImage;

/** What Java 2D has drawn, as an image. */
public final class Drawing {

  private Drawing() {}

  /**
   * The colors of a picture.
   *
   * @param picture any; alpha is dropped
   * @return an image of three channels, 0 to 255
   */
  public static MedicalImage toImage(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int pixels = width * height;
    int[] rgb = picture.getRGB(0, 0, width, height, null, 0, width);
    float[] samples = new float[3 * pixels];
    for (int i = 0; i < pixels; i++) {
      samples[i] = rgb[i] >> 16 & 0xFF;
      samples[pixels + i] = rgb[i] >> 8 & 0xFF;
      samples[2 * pixels + i] = rgb[i] & 0xFF;
    }
    return MedicalImage.wrap(width, height, 3, samples).withNominalMaximum(255);
  }
}
