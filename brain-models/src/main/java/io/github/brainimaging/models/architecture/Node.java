package io.github.brainimaging.models.architecture;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer in its place in a {@link Network}.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param name its name, unique in the network; weights are called {@code name.weight} and so on
 * @param layer the operation
 * @param inputs the indices of the nodes it reads, -1 for the network's input
 * @param inputShapes their shapes
 * @param outputShape its own shape
 */
public record Node(
    String name,
    Layer layer,
    List<Integer> inputs,
    List<List<Integer>> inputShapes,
    List<Integer> outputShape) {

  /**
   * The weights by full name.
   *
   * @return name to shape, in the layer's order
   */
  public Map<String, Layer.Weight> weights() {
    Map<String, Layer.Weight> named = new LinkedHashMap<>();
    layer.weights(inputShapes).forEach((key, weight) -> named.put(weightName(key), weight));
    return named;
  }

  /**
   * The full name of one of its weights.
   *
   * @param key the layer's name for it
   * @return such as {@code stem.conv.weight}
   */
  public String weightName(String key) {
    return name + "." + key;
  }
}
