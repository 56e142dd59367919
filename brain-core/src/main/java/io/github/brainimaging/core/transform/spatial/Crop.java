package io.github.brainimaging.core.transform.spatial;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.Transform;
import java.util.Objects;
import java.util.function.Function;

/**
 * A rectangle of the image. Channels, spacing, modality and nominal maximum stay; where the
 * rectangle is the whole image, it is returned as it is.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Crop implements Transform {

  private final String name;
  private final Function<MedicalImage, BoundingBox> window;

  private Crop(String name, Function<MedicalImage, BoundingBox> window) {
    this.name = name;
    this.window = window;
  }

  /**
   * Crops to a fixed rectangle. {@link #apply} throws if it does not lie within the image.
   *
   * @param box the rectangle
   * @return the transform
   */
  public static Crop of(BoundingBox box) {
    Objects.requireNonNull(box, "box");
    return new Crop(box.toString(), image -> box);
  }

  /**
   * Crops to at most a size, around the center; an odd pixel is taken away on the right or the
   * bottom. An axis that is already as short is left as it is, so that {@code Pad.to(w,
   * h).then(Crop.center(w, h))} gives this size for every image.
   *
   * @param width largest number of columns, positive
   * @param height largest number of rows, positive
   * @return the transform
   * @throws IllegalArgumentException if a size is not positive
   */
  public static Crop center(int width, int height) {
    Arguments.requirePositive("width", width);
    Arguments.requirePositive("height", height);
    return new Crop(
        "center " + width + " x " + height,
        image -> {
          int w = Math.min(width, image.width());
          int h = Math.min(height, image.height());
          return new BoundingBox((image.width() - w) / 2, (image.height() - h) / 2, w, h);
        });
  }

  /**
   * Crops an image.
   *
   * @param image the image
   * @return the part inside the rectangle
   * @throws IllegalArgumentException if a fixed rectangle does not lie within the image
   */
  @Override
  public MedicalImage apply(MedicalImage image) {
    BoundingBox box = window.apply(image);
    int fromWidth = image.width();
    int fromHeight = image.height();
    Arguments.require(
        box.x() >= 0
            && box.y() >= 0
            && box.width() <= fromWidth - box.x()
            && box.height() <= fromHeight - box.y(),
        "box must lie within the image of %d x %d pixels, got %s",
        fromWidth,
        fromHeight,
        box);
    if (box.width() == fromWidth && box.height() == fromHeight) {
      return image;
    }
    float[] from = image.samples();
    int channels = image.channels();
    int width = box.width();
    int height = box.height();
    float[] to = new float[width * height * channels];
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        int source = (c * fromHeight + y + box.y()) * fromWidth + box.x();
        System.arraycopy(from, source, to, (c * height + y) * width, width);
      }
    }
    return image.wrapPixels(width, height, channels, to);
  }

  @Override
  public String toString() {
    return "Crop[" + name + "]";
  }
}
