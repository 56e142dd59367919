package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997) over the slices of a sequence: {@code
 * [slices, features]} and a {@link Slices#MASK} of {@code [slices]} become {@code [units]}, the
 * state after the last real slice. Starts from 0.
 *
 * <p>Weights, the gates in ONNX' order (input, output, forget, cell): {@code input [4 units,
 * features]}, {@code recurrent [4 units, units]}, {@code bias [4 units]}.
 *
 * @param units length of the state, positive
 * @since 0.1.0
 */
public record Lstm(int units) implements Layer {

  /**
   * Checks the value.
   *
   * @param units length of the state, positive
   */
  public Lstm {
    Arguments.require(units > 0, "units must be positive, got %s", units);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    List<Integer> unused = Shapes.masked("Lstm", 2, inputs);
    return List.of(units);
  }

  @Override
  public Map<String, Weight> weights(List<List<Integer>> inputs) {
    int gates = Math.multiplyExact(4, units);
    int features = Shapes.masked("Lstm", 2, inputs).get(1);
    Map<String, Weight> weights = new LinkedHashMap<>();
    weights.put("input", new Weight(List.of(gates, features), true, Initial.HE_NORMAL));
    weights.put("recurrent", new Weight(List.of(gates, units), true, Initial.HE_NORMAL));
    weights.put("bias", new Weight(List.of(gates), true, Initial.ZERO));
    return weights;
  }
}
