package io.github.brainimaging.core.io.internal.codec;

import java.io.IOException;

/**
 * The size that a codestream must have and the samples that came out of it: whole numbers,
 * component after component, row after row. Belongs to one thread.
 */
public final class Planes {

  private final int width;
  private final int height;
  private final int components;
  private final int[] samples;

  /**
   * Zeros.
   *
   * @param width columns, positive
   * @param height rows, positive
   * @param components components, positive
   */
  public Planes(int width, int height, int components) {
    this.width = width;
    this.height = height;
    this.components = components;
    this.samples = new int[Math.multiplyExact(Math.multiplyExact(width, height), components)];
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
   * Number of components.
   *
   * @return positive
   */
  public int components() {
    return components;
  }

  /**
   * The samples themselves, not a copy.
   *
   * @return sample (c, x, y) at {@code (c * height + y) * width + x}
   */
  public int[] samples() {
    return samples;
  }

  /**
   * Checks the size that a codestream claims for itself, before memory is taken for it.
   *
   * @param codec name of the codec, for the message
   * @param foundWidth columns
   * @param foundHeight rows
   * @param foundComponents components
   * @throws IOException if it is not the size of these planes
   */
  public void requireSize(String codec, long foundWidth, long foundHeight, long foundComponents)
      throws IOException {
    if (foundWidth != width || foundHeight != height || foundComponents != components) {
      throw new IOException(
          String.format(
              "expected a %s stream of %d x %d pixels of %d components as the header says, found"
                  + " %d x %d of %d",
              codec, width, height, components, foundWidth, foundHeight, foundComponents));
    }
  }
}
