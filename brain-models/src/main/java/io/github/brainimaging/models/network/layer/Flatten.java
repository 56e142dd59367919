package io.github.brainimaging.models.network.layer;

import java.util.List;

/**
 * All axes of an example become one, in the order channel, row, column.
 *
 * @since 0.1.0
 */
public record Flatten() implements Layer {

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    return List.of(Shapes.single("Flatten", inputs).stream().reduce(1, Math::multiplyExact));
  }
}
