package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/**
 * Sum of two or more inputs of equal shape: the shortcut of a residual block.
 *
 * @since 0.1.0
 */
public record Add() implements Layer {

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    Arguments.require(
        inputs.size() > 1 && inputs.stream().distinct().count() == 1,
        "inputs of Add must be two or more of equal shape, got %s",
        inputs);
    return inputs.get(0);
  }
}
