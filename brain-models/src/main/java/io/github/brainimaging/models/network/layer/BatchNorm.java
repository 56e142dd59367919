package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Batch normalization (Ioffe and Szegedy 2015) over the first axis of an example. Weights: {@code
 * gamma} and {@code beta}, and the gathered {@code mean} and {@code variance}, all of shape {@code
 * [channels]}.
 *
 * @param epsilon added to the variance, positive
 * @param momentum share of the old statistics that is kept in each training step, 0 to 1
 * @since 0.1.0
 */
public record BatchNorm(float epsilon, float momentum) implements Layer {

  /**
   * Checks the values.
   *
   * @param epsilon added to the variance, positive
   * @param momentum share of the old statistics that is kept, 0 to 1
   */
  public BatchNorm {
    Arguments.requirePositive("epsilon", epsilon);
    Arguments.requireShare("momentum", momentum);
  }

  /**
   * PyTorch's defaults: epsilon 1e-5, momentum 0.9.
   *
   * @return the layer
   */
  public static BatchNorm withDefaults() {
    return new BatchNorm(1e-5f, 0.9f);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    return Shapes.single("BatchNorm", inputs);
  }

  @Override
  public Map<String, Weight> weights(List<List<Integer>> inputs) {
    List<Integer> shape = List.of(Shapes.single("BatchNorm", inputs).get(0));
    Map<String, Weight> weights = new LinkedHashMap<>();
    weights.put("gamma", new Weight(shape, true, Initial.ONE));
    weights.put("beta", new Weight(shape, true, Initial.ZERO));
    weights.put("mean", new Weight(shape, false, Initial.ZERO));
    weights.put("variance", new Weight(shape, false, Initial.ONE));
    return weights;
  }
}
