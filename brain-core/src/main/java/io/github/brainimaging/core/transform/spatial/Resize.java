package io.github.brainimaging.core.transform.spatial;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.Transform;
import java.util.Objects;

/**
 * Another number of pixels for the same picture, by {@link Interpolation}; {@link
 * Interpolation#AREA} by default, which shrinks without aliasing and enlarges linearly.
 *
 * <p>In float arithmetic, not rounded to whole gray values but where Pillow does so. The spacing is
 * multiplied by {@code oldSize / newSize} on each axis; channels, modality and nominal maximum
 * stay. An image that already has the size is returned as it is.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Resize implements Transform {

  private final int width;
  private final int height;
  private final Interpolation interpolation;
  private final boolean keepingAspect;
  private final float fill;

  private Resize(
      int width, int height, Interpolation interpolation, boolean keepingAspect, float fill) {
    this.width = Arguments.requirePositive("width", width);
    this.height = Arguments.requirePositive("height", height);
    this.interpolation = Objects.requireNonNull(interpolation, "interpolation");
    this.keepingAspect = keepingAspect;
    Arguments.requireFinite("fill", fill);
    this.fill = fill;
  }

  /**
   * Resizes to a fixed size. Each axis is scaled on its own, so the picture may be distorted; see
   * {@link #keepingAspect()}.
   *
   * @param width columns of the output, positive
   * @param height rows of the output, positive
   * @return the transform
   * @throws IllegalArgumentException if a size is not positive
   */
  public static Resize to(int width, int height) {
    return new Resize(width, height, Interpolation.AREA, false, 0);
  }

  /**
   * The same with another interpolation.
   *
   * @param newInterpolation the interpolation; {@link Interpolation#AREA} by default
   * @return a new transform
   */
  public Resize withInterpolation(Interpolation newInterpolation) {
    return new Resize(width, height, newInterpolation, keepingAspect, fill);
  }

  /**
   * The same without distortion: both axes are scaled by the same factor, the largest that fits
   * (each side rounded to whole pixels, at least 1), and the rest is padded in equal parts on both
   * sides. An odd pixel goes to the right or the bottom.
   *
   * @return a new transform
   */
  public Resize keepingAspect() {
    return new Resize(width, height, interpolation, true, fill);
  }

  /**
   * The same with another value for what {@link #keepingAspect()} pads.
   *
   * @param newFill finite; 0 by default
   * @return a new transform
   * @throws IllegalArgumentException if it is not finite
   */
  public Resize withFill(float newFill) {
    return new Resize(width, height, interpolation, keepingAspect, newFill);
  }

  @Override
  public MedicalImage apply(MedicalImage image) {
    if (!keepingAspect) {
      return resample(image, width, height);
    }
    BoundingBox all = new BoundingBox(0, 0, image.width(), image.height());
    return Placement.centered(image, all, width, height).toGrid(image, interpolation, fill);
  }

  private MedicalImage resample(MedicalImage image, int toWidth, int toHeight) {
    int fromWidth = image.width();
    int fromHeight = image.height();
    if (toWidth == fromWidth && toHeight == fromHeight) {
      return image;
    }
    Spacing spacing = image.spacing();
    Spacing newSpacing =
        new Spacing(spacing.x() * fromWidth / toWidth, spacing.y() * fromHeight / toHeight);
    if (Kernel.does(interpolation)) {
      float[] samples = Kernel.of(interpolation).resample(image, toWidth, toHeight);
      return image.wrapPixels(toWidth, toHeight, image.channels(), samples).withSpacing(newSpacing);
    }
    AxisWeights columns = AxisWeights.of(interpolation, fromWidth, toWidth);
    AxisWeights rows = AxisWeights.of(interpolation, fromHeight, toHeight);
    int channels = image.channels();
    float[] from = image.samples();
    float[] to = new float[Math.multiplyExact(Math.multiplyExact(toWidth, toHeight), channels)];
    float[] row = new float[fromWidth];
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < toHeight; y++) {
        blendRows(from, c * fromHeight * fromWidth, rows, y, row);
        blendColumns(row, columns, to, (c * toHeight + y) * toWidth);
      }
    }
    return image.wrapPixels(toWidth, toHeight, channels, to).withSpacing(newSpacing);
  }

  private static void blendRows(float[] from, int offset, AxisWeights rows, int y, float[] result) {
    int width = result.length;
    int start = offset + rows.first(y) * width;
    float weight = rows.weight(y, 0);
    for (int x = 0; x < width; x++) {
      result[x] = weight * from[start + x];
    }
    for (int k = 1; k < rows.count(y); k++) {
      start += width;
      weight = rows.weight(y, k);
      for (int x = 0; x < width; x++) {
        result[x] += weight * from[start + x];
      }
    }
  }

  private static void blendColumns(float[] row, AxisWeights columns, float[] to, int offset) {
    for (int x = 0; x < columns.size(); x++) {
      int first = columns.first(x);
      float sum = columns.weight(x, 0) * row[first];
      for (int k = 1; k < columns.count(x); k++) {
        sum += columns.weight(x, k) * row[first + k];
      }
      to[offset + x] = sum;
    }
  }

  @Override
  public String toString() {
    return "Resize["
        + width
        + " x "
        + height
        + ", "
        + interpolation
        + (keepingAspect ? ", keeping aspect" : "")
        + ", fill="
        + fill
        + "]";
  }
}
