package io.github.brainimaging.models.network;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.network.layer.Layer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * The weights of a {@link Network} by full name, such as {@code stem.conv.weight}.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Weights {

  private final Map<String, Tensor> tensors;

  private Weights(Map<String, Tensor> tensors) {
    this.tensors = tensors;
  }

  /**
   * Weights from their tensors.
   *
   * @param tensors name to tensor; copied
   * @return the weights, in the order of the map
   */
  public static Weights of(Map<String, Tensor> tensors) {
    return new Weights(new LinkedHashMap<>(tensors));
  }

  /**
   * Fresh weights, as each layer says they start.
   *
   * @param network the network
   * @param seed equal seeds give equal weights
   * @return weights that fit the network
   */
  public static Weights random(Network network, long seed) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    network
        .weights()
        .forEach(
            (name, weight) ->
                tensors.put(name, initial(weight, new Random(seed * 31 + name.hashCode()))));
    return new Weights(tensors);
  }

  private static Tensor initial(Layer.Weight weight, Random random) {
    float[] values = new float[weight.size()];
    double deviation = Math.sqrt(2.0 * weight.shape().get(0) / values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (weight.initial()) {
            case ZERO -> 0;
            case ONE -> 1;
            case HE_NORMAL -> (float) (random.nextGaussian() * deviation);
          };
    }
    return Tensor.wrap(values, shape(weight));
  }

  private static int[] shape(Layer.Weight weight) {
    return weight.shape().stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * One tensor.
   *
   * @param name its full name
   * @return the tensor
   * @throws IllegalArgumentException if there is none of this name
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("name must be one of the weights, got " + name);
    }
    return tensor;
  }

  /**
   * All tensors.
   *
   * @return an unmodifiable map
   */
  public Map<String, Tensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /**
   * Checks that every weight of a network is here, in its shape, and nothing else.
   *
   * @param network the network
   * @throws IllegalArgumentException naming the first weight that is missing, superfluous or of
   *     another shape
   */
  public void requireFit(Network network) {
    Map<String, Layer.Weight> expected = network.weights();
    expected.forEach(
        (name, weight) -> {
          int[] found = get(name).shape();
          Arguments.require(
              Arrays.equals(found, shape(weight)),
              "weight %s of %s must have shape %s, got %s",
              name,
              network.name(),
              weight.shape(),
              Arrays.toString(found));
        });
    for (String name : tensors.keySet()) {
      Arguments.require(
          expected.containsKey(name), "weight %s is not part of %s", name, network.name());
    }
  }
}
