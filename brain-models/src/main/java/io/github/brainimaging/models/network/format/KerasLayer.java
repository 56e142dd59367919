package io.github.brainimaging.models.network.format;

import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.internal.Node;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.Layer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer with weights as Keras sees it: one node of a network, or the two nodes of a separable
 * convolution.
 *
 * @param name its name
 * @param kind its class in snake case, as in {@code .weights.h5}
 * @param variables what Keras calls its tensors, in Keras' order, and where they go
 */
record KerasLayer(String name, String kind, Map<String, Place> variables) {

  private static final String DEPTHWISE = ".depthwise";
  private static final String POINTWISE = ".pointwise";

  /** A weight of a node. */
  record Place(Node node, String key) {

    String weightName() {
      return node.weightName(key);
    }

    List<Integer> shape() {
      Layer.Weight weight = node.weights().get(weightName());
      return weight == null ? List.of() : weight.shape();
    }
  }

  /**
   * The layers of a network in the order of Keras' {@code model.layers}, which numbers them: by
   * falling distance from the output, and where that is equal, as a walk back from the output meets
   * them.
   */
  static List<KerasLayer> inKerasOrder(Network network) {
    List<Node> nodes = Node.all(network);
    int[] distance = new int[nodes.size()];
    for (int i = nodes.size() - 1; i >= 0; i--) {
      int step = isPointwiseHalf(nodes, i) ? 0 : 1;
      for (int input : nodes.get(i).inputs()) {
        if (input >= 0) {
          distance[input] = Math.max(distance[input], distance[i] + step);
        }
      }
    }
    List<Integer> order = new ArrayList<>();
    walkBack(nodes, nodes.size() - 1, new boolean[nodes.size()], order);
    order.sort(Comparator.comparing(i -> -distance[i]));
    return order.stream()
        .filter(i -> !nodes.get(i).weights().isEmpty() && !isDepthwiseHalf(nodes, i))
        .map(i -> of(nodes, i))
        .toList();
  }

  private static void walkBack(List<Node> nodes, int index, boolean[] met, List<Integer> order) {
    if (index >= 0 && !met[index]) {
      met[index] = true;
      order.add(index);
      nodes.get(index).inputs().forEach(input -> walkBack(nodes, input, met, order));
    }
  }

  private static boolean isDepthwiseHalf(List<Node> nodes, int index) {
    return index + 1 < nodes.size() && isPointwiseHalf(nodes, index + 1);
  }

  private static boolean isPointwiseHalf(List<Node> nodes, int index) {
    String name = nodes.get(index).name();
    return index > 0
        && name.endsWith(POINTWISE)
        && nodes.get(index).inputs().equals(List.of(index - 1))
        && nodes.get(index - 1).name().equals(base(name) + DEPTHWISE);
  }

  private static String base(String pointwise) {
    return pointwise.substring(0, pointwise.length() - POINTWISE.length());
  }

  private static KerasLayer of(List<Node> nodes, int index) {
    Node node = nodes.get(index);
    Map<String, Place> variables = new LinkedHashMap<>();
    if (isPointwiseHalf(nodes, index)) {
      variables.put("depthwise_kernel", new Place(nodes.get(index - 1), "weight"));
      variables.put("pointwise_kernel", new Place(node, "weight"));
      return withBias(base(node.name()), "separable_conv2d", node, variables);
    }
    if (node.layer() instanceof BatchNorm) {
      variables.put("gamma", new Place(node, "gamma"));
      variables.put("beta", new Place(node, "beta"));
      variables.put("moving_mean", new Place(node, "mean"));
      variables.put("moving_variance", new Place(node, "variance"));
      return new KerasLayer(node.name(), "batch_normalization", variables);
    }
    if (isDepthwise(node)) {
      variables.put("depthwise_kernel", new Place(node, "weight"));
      return withBias(node.name(), "depthwise_conv2d", node, variables);
    }
    variables.put("kernel", new Place(node, "weight"));
    String kind = node.layer() instanceof Dense ? "dense" : "conv2d";
    return withBias(node.name(), kind, node, variables);
  }

  private static KerasLayer withBias(
      String name, String kind, Node node, Map<String, Place> variables) {
    Place bias = new Place(node, "bias");
    if (node.weights().containsKey(bias.weightName())) {
      variables.put("bias", bias);
    }
    return new KerasLayer(name, kind, variables);
  }

  static boolean isDepthwise(Node node) {
    return node.layer() instanceof Conv2d conv
        && conv.groups() > 1
        && conv.groups() == node.inputShapes().get(0).get(0);
  }
}
