package io.github.brainimaging.models.network.layer;

import java.util.List;

/**
 * Softmax over the features. As the last layer of a network it is left out in training, where the
 * loss works on what goes into it.
 *
 * @since 0.1.0
 */
public record Softmax() implements Layer {

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    return List.of(Shapes.features("Softmax", inputs));
  }
}
