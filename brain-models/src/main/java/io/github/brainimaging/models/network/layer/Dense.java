package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fully connected layer. Weights: {@code weight} of shape {@code [units, features]} and {@code
 * bias} of shape {@code [units]}.
 *
 * @param units number of outputs, positive
 * @since 0.1.0
 */
public record Dense(int units) implements Layer {

  /**
   * Checks the value.
   *
   * @param units number of outputs, positive
   */
  public Dense {
    Arguments.requirePositive("units", units);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    int features = Shapes.features("Dense", inputs);
    Arguments.requirePositive("features", features);
    return List.of(units);
  }

  @Override
  public Map<String, Weight> weights(List<List<Integer>> inputs) {
    Map<String, Weight> weights = new LinkedHashMap<>();
    weights.put(
        "weight",
        new Weight(List.of(units, Shapes.features("Dense", inputs)), true, Initial.HE_NORMAL));
    weights.put("bias", new Weight(List.of(units), true, Initial.ZERO));
    return weights;
  }
}
