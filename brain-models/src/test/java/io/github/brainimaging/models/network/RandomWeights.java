package io.github.brainimaging.models.network;

import io.github.brainimaging.core.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Weights of which no two are alike. Fresh statistics are 0 and 1, which would hide a mistake;
 * uniform numbers are quick to make.
 */
public final class RandomWeights {

  private RandomWeights() {}

  /** They fit the network, and keep what goes through it in range. */
  public static Weights of(Network network) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    SplittableRandom random = new SplittableRandom(11);
    network
        .weights()
        .forEach(
            (name, weight) -> {
              float[] values = new float[weight.size()];
              boolean vector = weight.shape().size() == 1;
              double scale = Math.sqrt(24.0 * weight.shape().get(0) / values.length);
              for (int i = 0; i < values.length; i++) {
                double uniform = random.nextDouble();
                values[i] = (float) (vector ? 0.5 + uniform : scale * (uniform - 0.5));
              }
              tensors.put(
                  name, Tensor.wrap(values, weight.shape().stream().mapToInt(n -> n).toArray()));
            });
    return Weights.of(tensors);
  }
}
