package io.github.brainimaging.models.network.layer;

import java.util.List;

/**
 * Mean over the real slices: {@code [channels, slices, features]} and a {@link SliceMask} of {@code
 * [slices]} become {@code [channels, features]}. An empty sequence gives 0.
 */
public record SliceMean() implements Layer {

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    List<Integer> shape = Shapes.masked("SliceMean", 3, inputs);
    return List.of(shape.get(0), shape.get(2));
  }

  @Override
  public <T> T interpret(Interpreter<T> interpreter, Node node, List<T> inputs) {
    return interpreter.sliceMean(node, this, inputs.get(0), inputs.get(1));
  }
}
