package io.github.brainimaging.models.architecture;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/** The channels of two or more inputs, one after the other; their other axes must be equal. */
public record Concat() implements Layer {

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    Arguments.require(
        inputs.size() > 1
            && inputs.stream().allMatch(shape -> shape.size() == 3)
            && inputs.stream().map(shape -> shape.subList(1, 3)).distinct().count() == 1,
        "inputs of Concat must be two or more [channels, height, width] of equal size, got %s",
        inputs);
    int channels = inputs.stream().mapToInt(shape -> shape.get(0)).reduce(0, Math::addExact);
    return List.of(channels, inputs.get(0).get(1), inputs.get(0).get(2));
  }

  @Override
  public <T> T interpret(Interpreter<T> interpreter, Node node, List<T> inputs) {
    return interpreter.concat(node, this, inputs);
  }
}
