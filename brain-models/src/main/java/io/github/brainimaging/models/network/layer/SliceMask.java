package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/**
 * Which slices of a sequence are real: {@code [slices, channels, height, width]} becomes {@code
 * [slices]}, 1 up to the last slice that is not all 0, and 0 for the padding behind it. So P4's
 * zero padding needs no second input that tells the length; Keras' {@code Masking} layer reads it
 * in the same way. An empty slice among others stays real.
 */
public record SliceMask() implements Layer {

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    List<Integer> shape = Shapes.single("SliceMask", inputs);
    Arguments.require(
        shape.size() == 4,
        "input of SliceMask must be [slices, channels, height, width], got %s",
        shape);
    return shape.subList(0, 1);
  }

  @Override
  public <T> T interpret(Interpreter<T> interpreter, Node node, List<T> inputs) {
    return interpreter.sliceMask(node, this, inputs.get(0));
  }
}
