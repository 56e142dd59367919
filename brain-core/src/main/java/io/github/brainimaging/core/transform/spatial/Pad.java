package io.github.brainimaging.core.transform.spatial;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.Transform;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A border of one value around the image. Channels, spacing, modality and nominal maximum stay; an
 * image that needs no border is returned as it is.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Pad implements Transform {

  private record Border(int left, int top, int right, int bottom) {}

  private final String name;
  private final Function<MedicalImage, Border> border;
  private final float fill;

  private Pad(String name, Function<MedicalImage, Border> border, float fill) {
    this.name = name;
    this.border = border;
    Arguments.requireFinite("fill", fill);
    this.fill = fill;
  }

  /**
   * Pads to at least a size, in equal parts on both sides; an odd pixel goes to the right or the
   * bottom. An axis that is already as long is left as it is.
   *
   * @param width least number of columns, positive
   * @param height least number of rows, positive
   * @return the transform
   * @throws IllegalArgumentException if a size is not positive
   */
  public static Pad to(int width, int height) {
    Arguments.requirePositive("width", width);
    Arguments.requirePositive("height", height);
    return new Pad(
        "to " + width + " x " + height,
        image -> {
          int x = Math.max(0, width - image.width());
          int y = Math.max(0, height - image.height());
          return new Border(x / 2, y / 2, x - x / 2, y - y / 2);
        },
        0);
  }

  /**
   * Pads by a number of pixels on each side.
   *
   * @param left columns on the left, 0 or more
   * @param top rows above, 0 or more
   * @param right columns on the right, 0 or more
   * @param bottom rows below, 0 or more
   * @return the transform
   * @throws IllegalArgumentException if a number is negative
   */
  public static Pad by(int left, int top, int right, int bottom) {
    Arguments.require(left >= 0, "left must not be negative, got %s", left);
    Arguments.require(top >= 0, "top must not be negative, got %s", top);
    Arguments.require(right >= 0, "right must not be negative, got %s", right);
    Arguments.require(bottom >= 0, "bottom must not be negative, got %s", bottom);
    Border fixed = new Border(left, top, right, bottom);
    return new Pad(fixed.toString(), image -> fixed, 0);
  }

  /**
   * The same with another value.
   *
   * @param newFill value of the border, finite; 0 by default
   * @return a new transform
   * @throws IllegalArgumentException if it is not finite
   */
  public Pad withFill(float newFill) {
    return new Pad(name, border, newFill);
  }

  /**
   * Pads an image.
   *
   * @param image the image
   * @return the image with its border
   * @throws ArithmeticException if the result had more than 2^31 - 1 samples
   */
  @Override
  public MedicalImage apply(MedicalImage image) {
    Border b = border.apply(image);
    int fromWidth = image.width();
    int fromHeight = image.height();
    int width = Math.addExact(fromWidth, Math.addExact(b.left, b.right));
    int height = Math.addExact(fromHeight, Math.addExact(b.top, b.bottom));
    if (width == fromWidth && height == fromHeight) {
      return image;
    }
    float[] from = image.samples();
    int channels = image.channels();
    float[] to = new float[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
    Arrays.fill(to, fill);
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < fromHeight; y++) {
        int target = (c * height + y + b.top) * width + b.left;
        System.arraycopy(from, (c * fromHeight + y) * fromWidth, to, target, fromWidth);
      }
    }
    return image.wrapPixels(width, height, channels, to);
  }

  @Override
  public String toString() {
    return "Pad[" + name + ", fill=" + fill + "]";
  }
}
