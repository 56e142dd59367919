package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;

/**
 * How far a moving window reaches past the edges of its input. What lies outside counts as 0 in a
 * convolution and does not count at all in a pooling.
 *
 * @param same whether the output has {@code ceil(length / stride)} values, as TensorFlow's and
 *     Keras' {@code same}; an odd rest goes to the end of the axis
 * @param pixels added on every side, 0 or more; 0 if {@code same}
 * @since 0.1.0
 */
public record Padding(boolean same, int pixels) {

  /**
   * Checks the values.
   *
   * @param same whether as much as {@code same} needs
   * @param pixels added on every side, 0 or more; 0 if {@code same}
   */
  public Padding {
    Arguments.require(pixels >= 0, "pixels must not be negative, got %s", pixels);
    Arguments.require(!same || pixels == 0, "pixels must be 0 for same padding, got %s", pixels);
  }

  /**
   * A fixed number of pixels on every side.
   *
   * @param pixels 0 or more
   * @return the padding
   */
  public static Padding of(int pixels) {
    return new Padding(false, pixels);
  }

  /**
   * As much as gives {@code ceil(length / stride)} values.
   *
   * @return the padding
   */
  public static Padding toSame() {
    return new Padding(true, 0);
  }

  /**
   * Pixels before the first one of an axis.
   *
   * @param length of the axis
   * @param kernel side of the window
   * @param stride step
   * @return 0 or more
   */
  public int before(int length, int kernel, int stride) {
    return same ? total(length, kernel, stride) / 2 : pixels;
  }

  /**
   * Pixels after the last one of an axis.
   *
   * @param length of the axis
   * @param kernel side of the window
   * @param stride step
   * @return 0 or more, for {@code same} up to one more than before
   */
  public int after(int length, int kernel, int stride) {
    return same ? (total(length, kernel, stride) + 1) / 2 : pixels;
  }

  private static int total(int length, int kernel, int stride) {
    int windows = (length + stride - 1) / stride;
    return Math.max(0, (windows - 1) * stride + kernel - length);
  }
}
