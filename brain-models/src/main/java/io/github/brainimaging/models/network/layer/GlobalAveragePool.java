package io.github.brainimaging.models.network.layer;

import java.util.List;

/**
 * Mean over rows and columns: {@code [channels, height, width]} becomes {@code [channels]}.
 *
 * @since 0.1.0
 */
public record GlobalAveragePool() implements Layer {

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    return List.of(Shapes.image("GlobalAveragePool", inputs).get(0));
  }
}
