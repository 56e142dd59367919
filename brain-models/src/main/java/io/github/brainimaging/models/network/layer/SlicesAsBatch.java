package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/**
 * Lets the layers that follow see each slice of a sequence as an example of its own: {@code
 * [slices, channels, height, width]} becomes {@code [channels, height, width]}. {@link
 * BatchAsSlices} ends it.
 */
public record SlicesAsBatch() implements Layer {

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    List<Integer> shape = Shapes.single("SlicesAsBatch", inputs);
    Arguments.require(
        shape.size() == 4,
        "input of SlicesAsBatch must be [slices, channels, height, width], got %s",
        shape);
    return shape.subList(1, 4);
  }

  @Override
  public <T> T interpret(Interpreter<T> interpreter, Node node, List<T> inputs) {
    return interpreter.slicesAsBatch(node, this, inputs.get(0));
  }
}
