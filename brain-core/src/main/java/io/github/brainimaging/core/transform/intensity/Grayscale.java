package io.github.brainimaging.core.transform.intensity;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.Transform;

/**
 * Color to gray: {@code 0.299 R + 0.587 G + 0.114 B}, the luma of ITU-R BT.601.
 *
 * <p>Not rounded: for 8-bit images the result is that of Pillow's {@code convert("L")} and OpenCV's
 * {@code COLOR_RGB2GRAY} before their rounding to whole numbers, so at most 0.51 away from them.
 * Three channels become one; an image of one channel is returned as it is. Spacing, modality and
 * nominal maximum stay.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Grayscale implements Transform {

  private static final Grayscale BT601 = new Grayscale();

  private Grayscale() {}

  /**
   * The weights of BT.601, which Pillow, OpenCV and Keras use.
   *
   * @return the transform
   */
  public static Grayscale bt601() {
    return BT601;
  }

  /**
   * Makes the image gray.
   *
   * @param image one channel, or three: red, green, blue
   * @return one channel
   * @throws IllegalArgumentException if the image has another number of channels
   */
  @Override
  public MedicalImage apply(MedicalImage image) {
    if (image.channels() == 1) {
      return image;
    }
    Arguments.require(
        image.channels() == 3, "image must have 1 or 3 channels, got %s", image.channels());
    float[] rgb = image.samples();
    int pixels = image.width() * image.height();
    float[] gray = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      gray[i] = (float) (0.299 * rgb[i] + 0.587 * rgb[pixels + i] + 0.114 * rgb[2 * pixels + i]);
    }
    return image.wrapPixels(image.width(), image.height(), 1, gray);
  }

  @Override
  public String toString() {
    return "Grayscale[BT.601]";
  }
}
