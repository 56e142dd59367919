package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/**
 * Puts the features of single slices together again: {@code [features]}, and the sequence {@code
 * [slices, ...]} they come from, become {@code [slices, features]}.
 */
public record BatchAsSlices() implements Layer {

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    Arguments.require(
        inputs.size() == 2 && inputs.get(0).size() == 1 && inputs.get(1).size() == 4,
        "inputs of BatchAsSlices must be [features] and [slices, channels, height, width], got %s",
        inputs);
    return List.of(inputs.get(1).get(0), inputs.get(0).get(0));
  }

  @Override
  public <T> T interpret(Interpreter<T> interpreter, Node node, List<T> inputs) {
    return interpreter.batchAsSlices(node, this, inputs.get(0), inputs.get(1));
  }
}
