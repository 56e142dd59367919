package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/**
 * Maximum or average over a moving square window. What lies outside the input does not count.
 *
 * @param kind maximum or average
 * @param kernel side of the window, positive
 * @param stride step, positive
 * @param padding how far the window reaches past the edges, at most half of its side; none for an
 *     average; for {@code same} the stride must be above 1 or the side odd
 * @since 0.1.0
 */
public record Pool2d(Kind kind, int kernel, int stride, Padding padding) implements Layer {

  /** What is taken of a window. */
  public enum Kind {
    /** The largest value. */
    MAXIMUM,
    /** The mean. */
    AVERAGE
  }

  /**
   * Checks the values.
   *
   * @param kind maximum or average
   * @param kernel side of the window, positive
   * @param stride step, positive
   * @param padding how far the window reaches past the edges, at most half of its side
   */
  public Pool2d {
    Arguments.requirePositive("kernel", kernel);
    Arguments.requirePositive("stride", stride);
    Arguments.require(
        padding.pixels() <= kernel / 2,
        "padding must be at most half the kernel %s, got %s",
        kernel,
        padding.pixels());
    Arguments.require(
        kind == Kind.MAXIMUM || padding.equals(Padding.of(0)),
        "padding must be 0 for an average, got %s",
        padding);
    Arguments.require(
        !padding.same() || stride > 1 || kernel % 2 == 1,
        "kernel must be odd for same padding at stride 1, got %s",
        kernel);
  }

  /**
   * Maximum over windows that do not overlap.
   *
   * @param size side of the window and step, positive
   * @return the layer
   */
  public static Pool2d maximum(int size) {
    return new Pool2d(Kind.MAXIMUM, size, size, Padding.of(0));
  }

  /**
   * Average over windows that do not overlap.
   *
   * @param size side of the window and step, positive
   * @return the layer
   */
  public static Pool2d average(int size) {
    return new Pool2d(Kind.AVERAGE, size, size, Padding.of(0));
  }

  /**
   * The same pooling with another step.
   *
   * @param newStride step, positive
   * @return a new layer
   */
  public Pool2d withStride(int newStride) {
    return new Pool2d(kind, kernel, newStride, padding);
  }

  /**
   * The same pooling with another padding.
   *
   * @param newPadding how far the window reaches past the edges, at most half of its side
   * @return a new layer
   */
  public Pool2d withPadding(Padding newPadding) {
    return new Pool2d(kind, kernel, stride, newPadding);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.image("Pool2d", inputs);
    return List.of(
        in.get(0),
        Shapes.windowed("Pool2d", in.get(1), kernel, stride, padding),
        Shapes.windowed("Pool2d", in.get(2), kernel, stride, padding));
  }
}
