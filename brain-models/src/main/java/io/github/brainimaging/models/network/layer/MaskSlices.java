package io.github.brainimaging.models.network.layer;

import java.util.List;

/**
 * Sets padding to 0: {@code [channels, slices, features]} and a {@link SliceMask} of {@code
 * [slices]}. Before a convolution it makes a padded sequence count as the shorter one it is.
 */
public record MaskSlices() implements Layer {

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    return Shapes.masked("MaskSlices", 3, inputs);
  }

  @Override
  public <T> T interpret(Interpreter<T> interpreter, Node node, List<T> inputs) {
    return interpreter.maskSlices(node, this, inputs.get(0), inputs.get(1));
  }
}
