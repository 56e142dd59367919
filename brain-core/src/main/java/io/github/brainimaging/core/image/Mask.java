package io.github.brainimaging.core.image;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.Outline;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A two-dimensional set of pixels: true inside, false outside. It lies on the pixel grid of the
 * image it belongs to.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Mask {

  private static final int UNCOUNTED = -1;

  private final int width;
  private final int height;
  private final boolean[] inside;

  /** Counted when somebody asks, which is harmless if several threads do: all find the same. */
  private int count = UNCOUNTED;

  private Mask(int width, int height, boolean[] inside) {
    this.width = Arguments.requirePositive("width", width);
    this.height = Arguments.requirePositive("height", height);
    Arguments.require(
        inside.length == (long) width * height,
        "inside must hold width x height = %d x %d values, got %d",
        width,
        height,
        inside.length);
    this.inside = inside;
  }

  /**
   * A mask from its pixels.
   *
   * @param width columns, positive
   * @param height rows, positive
   * @param inside {@code width * height} values, row after row; copied
   * @return the mask
   * @throws IllegalArgumentException if a size is not positive or the number of values is another
   */
  public static Mask of(int width, int height, boolean[] inside) {
    return new Mask(width, height, inside.clone());
  }

  /**
   * Like {@link #of}, without the copy: the caller hands the array over and must not touch it
   * again.
   *
   * @param width columns, positive
   * @param height rows, positive
   * @param inside {@code width * height} values, row after row; kept, not copied
   * @return the mask
   * @throws IllegalArgumentException if a size is not positive or the number of values is another
   */
  public static Mask wrap(int width, int height, boolean[] inside) {
    return new Mask(width, height, inside);
  }

  /**
   * A mask with no pixel inside.
   *
   * @param width columns, positive
   * @param height rows, positive
   * @return the mask
   */
  public static Mask empty(int width, int height) {
    Arguments.requirePositive("width", width);
    Arguments.requirePositive("height", height);
    return new Mask(width, height, new boolean[Math.multiplyExact(width, height)]);
  }

  /**
   * The pixels of an image that are above a value, in the first channel. A mask file with values 0
   * and 255 (or 0 and 1) becomes a mask with a threshold of 0.
   *
   * @param image the image
   * @param threshold pixels with a larger value are inside; NaN is outside
   * @return the mask
   */
  public static Mask above(MedicalImage image, float threshold) {
    boolean[] inside = new boolean[image.width() * image.height()];
    float[] samples = image.samples();
    for (int i = 0; i < inside.length; i++) {
      inside[i] = samples[i] > threshold;
    }
    return new Mask(image.width(), image.height(), inside);
  }

  /**
   * Number of columns.
   *
   * @return positive
   */
  public int width() {
    return width;
  }

  /**
   * Number of rows.
   *
   * @return positive
   */
  public int height() {
    return height;
  }

  /**
   * Whether a pixel is inside.
   *
   * @param x column, 0 to width - 1
   * @param y row, 0 to height - 1
   * @return true if inside
   * @throws IndexOutOfBoundsException if the pixel is outside the grid
   */
  public boolean get(int x, int y) {
    Objects.checkIndex(x, width);
    Objects.checkIndex(y, height);
    return inside[y * width + x];
  }

  /**
   * All pixels.
   *
   * @return a new array, row after row
   */
  public boolean[] toArray() {
    return inside.clone();
  }

  /**
   * Number of pixels inside.
   *
   * @return 0 or more
   */
  public int count() {
    if (count == UNCOUNTED) {
      int n = 0;
      for (boolean b : inside) {
        n += b ? 1 : 0;
      }
      count = n;
    }
    return count;
  }

  /**
   * Whether no pixel is inside.
   *
   * @return true if {@link #count()} is 0
   */
  public boolean isEmpty() {
    return count() == 0;
  }

  /**
   * The smallest box that holds all pixels inside.
   *
   * @return empty if the mask is empty
   */
  public Optional<BoundingBox> boundingBox() {
    if (isEmpty()) {
      return Optional.empty();
    }
    int left = width;
    int right = -1;
    int top = height;
    int bottom = -1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (inside[y * width + x]) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    return Optional.of(new BoundingBox(left, top, right - left + 1, bottom - top + 1));
  }

  /**
   * The pixels inside that have one of their four neighbors outside, where beyond the grid is
   * outside: the mask without its erosion by a cross.
   *
   * @return a mask of the same size, empty if this one is
   */
  public Mask outline() {
    return new Mask(width, height, Outline.of(inside, width, height, 1, false));
  }

  /**
   * The mask as a gray 8-bit image, 255 inside and 0 outside.
   *
   * @return an image with a nominal maximum of 255
   */
  public MedicalImage toImage() {
    float[] samples = new float[inside.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = inside[i] ? 255 : 0;
    }
    return MedicalImage.wrap(width, height, 1, samples).withNominalMaximum(255);
  }

  /** Equal size and pixels. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Mask that
        && width == that.width
        && height == that.height
        && Arrays.equals(inside, that.inside);
  }

  @Override
  public int hashCode() {
    return Objects.hash(width, height, Arrays.hashCode(inside));
  }

  /** Size and number of pixels inside. */
  @Override
  public String toString() {
    return "Mask[" + width + "x" + height + ", " + count() + " inside]";
  }
}
