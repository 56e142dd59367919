package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * Two or more inputs behind each other along the first axis: channels, or features.
 *
 * @since 0.1.0
 */
public record Concat() implements Layer {

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    Arguments.require(
        inputs.size() > 1
            && inputs.stream().map(shape -> shape.subList(1, shape.size())).distinct().count() == 1,
        "inputs of Concat must be two or more, equal but for the first axis, got %s",
        inputs);
    List<Integer> shape = new ArrayList<>(inputs.get(0));
    shape.set(0, inputs.stream().mapToInt(input -> input.get(0)).sum());
    return List.copyOf(shape);
  }
}
