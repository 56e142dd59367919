package io.github.brainimaging.models.architecture;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/**
 * Maximum or average over a moving square window, without padding counted in.
 *
 * @param kind maximum or average
 * @param kernel side of the window, positive
 * @param stride step, positive
 */
public record Pool2d(Kind kind, int kernel, int stride) implements Layer {

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
   */
  public Pool2d {
    Arguments.requirePositive("kernel", kernel);
    Arguments.requirePositive("stride", stride);
  }

  /**
   * Maximum over windows that do not overlap.
   *
   * @param size side of the window and step, positive
   * @return the layer
   */
  public static Pool2d maximum(int size) {
    return new Pool2d(Kind.MAXIMUM, size, size);
  }

  /**
   * Average over windows that do not overlap.
   *
   * @param size side of the window and step, positive
   * @return the layer
   */
  public static Pool2d average(int size) {
    return new Pool2d(Kind.AVERAGE, size, size);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.image("Pool2d", inputs);
    return List.of(
        in.get(0),
        Shapes.windowed("Pool2d", in.get(1), kernel, stride, 0),
        Shapes.windowed("Pool2d", in.get(2), kernel, stride, 0));
  }

  @Override
  public <T> T interpret(Interpreter<T> interpreter, Node node, List<T> inputs) {
    return interpreter.pool2d(node, this, inputs.get(0));
  }
}
