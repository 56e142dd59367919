package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/**
 * Rectifier: {@code x} where positive, {@code slope * x} elsewhere.
 *
 * @param slope 0 for the plain rectifier; P1 gives 0.1
 */
public record Relu(float slope) implements Layer {

  /**
   * Checks the value.
   *
   * @param slope 0 or more, below 1
   */
  public Relu {
    Arguments.require(
        slope >= 0 && slope < 1, "slope must be 0 or more and below 1, got %s", slope);
  }

  /**
   * The plain rectifier.
   *
   * @return slope 0
   */
  public static Relu plain() {
    return new Relu(0);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    return Shapes.single("Relu", inputs);
  }

  @Override
  public <T> T interpret(Interpreter<T> interpreter, Node node, List<T> inputs) {
    return interpreter.relu(node, this, inputs.get(0));
  }
}
