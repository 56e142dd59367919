package io.github.brainimaging.models.network.internal;

import io.github.brainimaging.models.network.layer.Layer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer in its place in a network.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param name its name, unique in the network; weights are called {@code name.weight} and so on
 * @param layer the operation
 * @param inputs the indices of the nodes it reads, -1 for the network's input
 * @param inputShapes their shapes
 * @param outputShape its own shape
 * @param frozen whether it stays as it is in training: none of its weights is trainable, and batch
 *     normalization uses its statistics as in inference
 */
public record Node(
    String name,
    Layer layer,
    List<Integer> inputs,
    List<List<Integer>> inputShapes,
    List<Integer> outputShape,
    boolean frozen) {

  /**
   * The nodes of a network in the order they run.
   *
   * @param network the network
   * @return an unmodifiable list; the last one is the output
   */
  public static List<Node> all(Graph network) {
    return network.nodes;
  }

  /**
   * The weights by full name.
   *
   * @return name to shape, in the layer's order
   */
  public Map<String, Layer.Weight> weights() {
    Map<String, Layer.Weight> named = new LinkedHashMap<>();
    layer
        .weights(inputShapes)
        .forEach(
            (key, weight) -> named.put(weightName(key), frozen ? notTrainable(weight) : weight));
    return named;
  }

  private static Layer.Weight notTrainable(Layer.Weight weight) {
    return new Layer.Weight(weight.shape(), false, weight.initial());
  }

  /**
   * The same node, frozen or not.
   *
   * @param newFrozen whether it stays as it is in training
   * @return a new node
   */
  public Node withFrozen(boolean newFrozen) {
    return new Node(name, layer, inputs, inputShapes, outputShape, newFrozen);
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

  /**
   * The same node in a network that begins later.
   *
   * @param by how many nodes later, 0 or more
   * @return a new node
   */
  public Node shifted(int by) {
    List<Integer> moved = inputs.stream().map(i -> i - by).toList();
    return new Node(name, layer, moved, inputShapes, outputShape, frozen);
  }
}
