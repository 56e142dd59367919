package io.github.brainimaging.core.image;

import io.github.brainimaging.core.internal.Arguments;

/**
 * A rectangle of whole pixels. The pixel (x, y) is its top left one; {@code x + width} is the first
 * column to the right of it.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param x first column
 * @param y first row
 * @param width number of columns, positive
 * @param height number of rows, positive
 * @since 0.1.0
 */
public record BoundingBox(int x, int y, int width, int height) {

  /**
   * Checks the size.
   *
   * @param x first column
   * @param y first row
   * @param width number of columns, positive
   * @param height number of rows, positive
   * @throws IllegalArgumentException if width or height is not positive
   */
  public BoundingBox {
    Arguments.requirePositive("width", width);
    Arguments.requirePositive("height", height);
  }
}
