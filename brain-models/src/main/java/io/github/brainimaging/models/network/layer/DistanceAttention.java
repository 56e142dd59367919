package io.github.brainimaging.models.network.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Distance-wise attention over slices, for P4's variant, which names it without an equation; ours
 * is this. Each slice gets a score {@code s = w . x}. A first softmax of the scores over the real
 * slices gives their center of mass {@code c} in slices, and the weights are
 *
 * <pre>a = softmax(s - rate^2 |t - c|)</pre>
 *
 * <p>so that slices far from where the finding seems to be count less. The output is the input with
 * each slice multiplied by its weight and by the number of real slices: equal weights change
 * nothing. {@code [slices, features]} and a {@link Slices#MASK} of {@code [slices]} become {@code
 * [slices, features]}; padding becomes 0.
 *
 * <p>Weights: {@code score [1, features]}, {@code rate [1]}.
 *
 * @since 0.1.0
 */
public record DistanceAttention() implements Layer {

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    return Shapes.masked("DistanceAttention", 2, inputs);
  }

  @Override
  public Map<String, Weight> weights(List<List<Integer>> inputs) {
    int features = Shapes.masked("DistanceAttention", 2, inputs).get(1);
    Map<String, Weight> weights = new LinkedHashMap<>();
    weights.put("score", new Weight(List.of(1, features), true, Initial.ZERO));
    weights.put("rate", new Weight(List.of(1), true, Initial.ONE));
    return weights;
  }
}
