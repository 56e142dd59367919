package io.github.brainimaging.models.network.format;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.format.internal.OnnxWeights;
import io.github.brainimaging.models.network.internal.Node;
import io.github.brainimaging.models.network.layer.Add;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Concat;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.Flatten;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the layers of a network in the graph of another program, whatever they are called there:
 * from the input on, behind each value the next node of the same kind, shape, step and groups.
 * Activations, poolings and changes of the layout lie between and are not compared.
 */
final class OnnxMatch {

  /** A graph that is not that of the network. */
  static final class Mismatch extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Mismatch(String message, Object... values) {
      super(String.format(Locale.ROOT, message, values));
    }
  }

  /** A node that takes a value, and which of its inputs that is. */
  private record Taker(NodeProto node, int port) {}

  /** What changes no number of channels and has no weights. */
  private static final Set<String> BETWEEN =
      Set.of(
          "Relu",
          "Clip",
          "LeakyRelu",
          "MaxPool",
          "AveragePool",
          "GlobalAveragePool",
          "ReduceMean",
          "Pad",
          "Identity",
          "Dropout",
          "Transpose",
          "Flatten",
          "Reshape",
          "Squeeze",
          "Unsqueeze",
          "Cast");

  private static final float USUAL_EPSILON = 1e-5f;

  private final Network network;
  private final Map<String, TensorProto> constants = new HashMap<>();
  private final Map<String, List<Taker>> takers = new HashMap<>();
  private final Set<NodeProto> used = Collections.newSetFromMap(new IdentityHashMap<>());
  private final String input;

  /** What stands in the graph for the output of each node of the network. */
  private final List<String> values = new ArrayList<>();

  /** Biases of convolutions that have taken up the normalization behind them, by that value. */
  private final Map<String, Tensor> folded = new HashMap<>();

  private final Map<String, Tensor> found = new LinkedHashMap<>();

  OnnxMatch(GraphProto graph, Network network) {
    this.network = network;
    graph.getInitializerList().forEach(weight -> constants.put(weight.getName(), weight));
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Constant") && node.getAttribute(0).hasT()) {
        constants.put(node.getOutput(0), node.getAttribute(0).getT());
      } else if (node.getOpType().equals("Identity") && constants.containsKey(node.getInput(0))) {
        constants.put(node.getOutput(0), constants.get(node.getInput(0)));
      }
      for (int i = 0; i < node.getInputCount(); i++) {
        takers.computeIfAbsent(node.getInput(i), key -> new ArrayList<>()).add(new Taker(node, i));
      }
    }
    input =
        graph.getInputList().stream()
            .map(value -> value.getName())
            .filter(name -> !constants.containsKey(name))
            .findFirst()
            .orElseThrow(() -> new Mismatch("the graph has no input"));
  }

  /** All weights of the network, in its order. */
  Map<String, Tensor> match() {
    for (Node node : Node.all(network)) {
      values.add(place(node));
    }
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    for (String name : network.weights().keySet()) {
      if (!found.containsKey(name)) {
        throw new Mismatch("%s is of a kind of layer that is not looked for", name);
      }
      ordered.put(name, found.get(name));
    }
    return ordered;
  }

  /** What stands in the graph for the output of a node. */
  private String place(Node node) {
    if (node.layer() instanceof Conv2d conv) {
      return convolution(node, conv);
    }
    if (node.layer() instanceof BatchNorm norm) {
      return normalization(node, norm);
    }
    if (node.layer() instanceof Dense dense) {
      return dense(node, dense);
    }
    if (node.layer() instanceof Add) {
      return joined(node, "Add", false);
    }
    return node.layer() instanceof Concat ? joined(node, "Concat", true) : value(node, 0);
  }

  private String value(Node node, int number) {
    int index = node.inputs().get(number);
    return index < 0 ? input : values.get(index);
  }

  private String convolution(Node node, Conv2d layer) {
    int[] shape = shape(node, "weight");
    NodeProto conv =
        next(
            node,
            "Conv " + Arrays.toString(shape) + ", step " + layer.stride(),
            n ->
                n.getOpType().equals("Conv")
                    && Arrays.equals(dimensions(n, 1), shape)
                    && integer(n, "group", 1) == layer.groups()
                    && strides(n).stream().allMatch(step -> step == layer.stride()));
    put(node, "weight", constant(conv, 1));
    Tensor bias =
        conv.getInputCount() > 2
            ? constant(conv, 2)
            : Tensor.wrap(new float[layer.filters()], layer.filters());
    if (layer.bias()) {
      put(node, "bias", bias);
    } else if (conv.getInputCount() > 2) {
      folded.put(conv.getOutput(0), bias);
    }
    return conv.getOutput(0);
  }

  /**
   * One that another program has worked into the convolution before it becomes one that adds its
   * bias and changes nothing else.
   */
  private String normalization(Node node, BatchNorm layer) {
    String before = value(node, 0);
    Tensor bias = folded.remove(before);
    int channels = shape(node, "gamma")[0];
    if (bias != null) {
      put(node, "gamma", filled(channels, 1));
      put(node, "beta", bias);
      put(node, "mean", filled(channels, 0));
      put(node, "variance", filled(channels, 1 - layer.epsilon()));
      return before;
    }
    NodeProto norm =
        next(
            node,
            "BatchNormalization [" + channels + "]",
            n ->
                n.getOpType().equals("BatchNormalization")
                    && Arrays.equals(dimensions(n, 1), new int[] {channels}));
    put(node, "gamma", constant(norm, 1));
    put(node, "beta", constant(norm, 2));
    put(node, "mean", constant(norm, 3));
    float more = number(norm, "epsilon", USUAL_EPSILON) - layer.epsilon();
    float[] variance = constant(norm, 4).toArray();
    for (int i = 0; more != 0 && i < variance.length; i++) {
      variance[i] += more;
    }
    put(node, "variance", Tensor.wrap(variance, channels));
    return norm.getOutput(0);
  }

  private String dense(Node node, Dense layer) {
    requireOrder(node);
    int[] shape = shape(node, "weight");
    int[] turned = {shape[1], shape[0]};
    NodeProto dense =
        next(
            node,
            "Gemm or MatMul of " + shape[1] + " by " + shape[0],
            n ->
                (n.getOpType().equals("Gemm")
                        && Arrays.equals(
                            dimensions(n, 1), integer(n, "transB", 0) == 1 ? shape : turned))
                    || (n.getOpType().equals("MatMul") && Arrays.equals(dimensions(n, 1), turned)));
    boolean gemm = dense.getOpType().equals("Gemm");
    Tensor weight = constant(dense, 1);
    put(node, "weight", gemm && integer(dense, "transB", 0) == 1 ? weight : turned(weight));
    if (gemm && dense.getInputCount() > 2) {
      put(node, "bias", constant(dense, 2));
      return dense.getOutput(0);
    }
    for (Taker taker : takers.getOrDefault(dense.getOutput(0), List.of())) {
      if (taker.node().getOpType().equals("Add")
          && Arrays.equals(dimensions(taker.node(), 1 - taker.port()), new int[] {layer.units()})) {
        put(node, "bias", constant(taker.node(), 1 - taker.port()));
        return taker.node().getOutput(0);
      }
    }
    put(node, "bias", filled(layer.units(), 0));
    return dense.getOutput(0);
  }

  /** Row by row or channel by channel: of a flattened map the graph's layout decides. */
  private void requireOrder(Node node) {
    int index = node.inputs().get(0);
    while (index >= 0) {
      Node before = Node.all(network).get(index);
      List<Integer> image = before.inputShapes().get(0);
      if (before.layer() instanceof Flatten
          && image.size() == 3
          && image.get(1) * image.get(2) > 1) {
        throw new Mismatch(
            "%s stands on a flattened map, whose order no graph tells; take the backbone alone",
            node.name());
      }
      index = before.inputs().get(0);
    }
  }

  private String joined(Node node, String operator, boolean inOrder) {
    List<Set<NodeProto>> candidates = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      int port = i;
      Set<NodeProto> of = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Taker taker : behind(value(node, i))) {
        if (taker.node().getOpType().equals(operator) && (!inOrder || taker.port() == port)) {
          of.add(taker.node());
        }
      }
      candidates.add(of);
    }
    NodeProto join =
        next(
            node,
            operator + " of " + node.inputs().size() + " values",
            n -> candidates.stream().allMatch(of -> of.contains(n)));
    return join.getOutput(0);
  }

  /** The first fitting node behind the first input of one of the network's. */
  private NodeProto next(Node node, String expected, Predicate<NodeProto> fits) {
    List<Taker> there = behind(value(node, 0));
    for (Taker taker : there) {
      if (!used.contains(taker.node()) && fits.test(taker.node())) {
        used.add(taker.node());
        return taker.node();
      }
    }
    throw new Mismatch(
        "for layer %s, behind %s, it must have %s, found %s",
        node.name(), value(node, 0), expected, there.stream().map(this::words).toList());
  }

  /** Who takes a value, at once or through nodes that lie between; the nearest first. */
  private List<Taker> behind(String value) {
    List<Taker> result = new ArrayList<>();
    Deque<String> open = new ArrayDeque<>(List.of(value));
    Set<String> met = new HashSet<>(open);
    while (!open.isEmpty()) {
      for (Taker taker : takers.getOrDefault(open.remove(), List.of())) {
        NodeProto node = taker.node();
        if (node.getOpType().equals("Shape")) {
          continue;
        }
        if (!BETWEEN.contains(node.getOpType())) {
          result.add(taker);
        } else if (taker.port() == 0 && met.add(node.getOutput(0))) {
          open.add(node.getOutput(0));
        }
      }
    }
    return result;
  }

  private String words(Taker taker) {
    int[] dimensions = dimensions(taker.node(), 1);
    String type = taker.node().getOpType();
    return dimensions.length == 0 ? type : type + " " + Arrays.toString(dimensions);
  }

  private int[] shape(Node node, String key) {
    return Objects.requireNonNull(node.weights().get(node.weightName(key))).shape().stream()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private int[] dimensions(NodeProto node, int port) {
    TensorProto constant = port < node.getInputCount() ? constants.get(node.getInput(port)) : null;
    return constant == null
        ? new int[0]
        : constant.getDimsList().stream().mapToInt(Long::intValue).toArray();
  }

  private Tensor constant(NodeProto node, int port) {
    TensorProto constant = constants.get(node.getInput(port));
    if (constant == null) {
      throw new Mismatch("%s of %s is computed, no weight", node.getInput(port), node.getName());
    }
    if (constant.getDataLocation() != TensorProto.DataLocation.DEFAULT
        || constant.getDataType() != TensorProto.DataType.FLOAT_VALUE) {
      throw new Mismatch("%s must be float32 inside the file", node.getInput(port));
    }
    return OnnxWeights.tensor(constant);
  }

  private void put(Node node, String key, Tensor tensor) {
    if (!Arrays.equals(tensor.shape(), shape(node, key))) {
      throw new Mismatch(
          "%s must have shape %s, got %s",
          node.weightName(key), Arrays.toString(shape(node, key)), Arrays.toString(tensor.shape()));
    }
    var unused = found.put(node.weightName(key), tensor);
  }

  private static Tensor filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return Tensor.wrap(values, length);
  }

  private static Tensor turned(Tensor matrix) {
    int rows = matrix.shape()[0];
    int columns = matrix.shape()[1];
    float[] values = matrix.toArray();
    float[] turned = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i % columns * rows + i / columns] = values[i];
    }
    return Tensor.wrap(turned, columns, rows);
  }

  private static long integer(NodeProto node, String name, long usual) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .mapToLong(AttributeProto::getI)
        .findFirst()
        .orElse(usual);
  }

  private static float number(NodeProto node, String name, float usual) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .map(AttributeProto::getF)
        .findFirst()
        .orElse(usual);
  }

  private static List<Long> strides(NodeProto node) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals("strides"))
        .map(AttributeProto::getIntsList)
        .findFirst()
        .orElse(List.of(1L));
  }
}
