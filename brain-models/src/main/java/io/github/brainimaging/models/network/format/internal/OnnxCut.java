package io.github.brainimaging.models.network.format.internal;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.github.brainimaging.models.card.ModelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds values of an ONNX graph and keeps what they need. */
public final class OnnxCut {

  private static final Set<String> POOLINGS =
      Set.of("GlobalAveragePool", "GlobalMaxPool", "ReduceMean", "ReduceMax");
  private static final int NAMES_IN_MESSAGE = 8;

  private final GraphProto graph;
  private final Map<String, NodeProto> producers = new HashMap<>();
  private final Set<String> constants = new HashSet<>();

  public OnnxCut(GraphProto graph) {
    this.graph = graph;
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(output -> producers.put(output, node));
      if (node.getOpType().equals("Constant")) {
        constants.addAll(node.getOutputList());
      }
    }
    graph.getInitializerList().forEach(initializer -> constants.add(initializer.getName()));
  }

  /** The value of this name, or the first one of the node of this name. */
  public String named(String name) {
    if (producers.containsKey(name)) {
      return name;
    }
    return graph.getNodeList().stream()
        .filter(node -> node.getName().equals(name) && node.getOutputCount() > 0)
        .map(node -> node.getOutput(0))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    "expected a value of the model, got "
                        + name
                        + "; among others, there are "
                        + some()));
  }

  /** Evenly spread over the graph, the last one among them: its end alone may be no layers. */
  private List<String> some() {
    List<String> names =
        graph.getNodeList().stream().flatMap(node -> node.getOutputList().stream()).toList();
    int count = Math.min(NAMES_IN_MESSAGE, names.size());
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> names.get(i * names.size() / count - 1))
        .toList();
  }

  /** What the last fully connected layer is given, else the last global pooling, else all. */
  public String automatic() {
    String output = graph.getOutput(0).getName();
    Set<NodeProto> path = needed(output);
    List<NodeProto> nodes = new ArrayList<>(graph.getNodeList());
    nodes.removeIf(node -> !path.contains(node));
    String pooled = "";
    for (int i = nodes.size() - 1; i >= 0; i--) {
      NodeProto node = nodes.get(i);
      String features = denseInput(node);
      if (!features.isEmpty()) {
        return features;
      }
      if (pooled.isEmpty() && POOLINGS.contains(node.getOpType())) {
        pooled = node.getOutput(0);
      }
    }
    return pooled.isEmpty() ? output : pooled;
  }

  /** What a fully connected layer multiplies by its weights; empty for other nodes. */
  private String denseInput(NodeProto node) {
    if (node.getOpType().equals("Gemm") && producers.containsKey(node.getInput(0))) {
      return node.getInput(0);
    }
    boolean byConstant =
        node.getOpType().equals("MatMul")
            && constants.contains(node.getInput(1))
            && producers.containsKey(node.getInput(0));
    return byConstant ? node.getInput(0) : "";
  }

  /** The nodes that a value depends on. */
  private Set<NodeProto> needed(String value) {
    Set<NodeProto> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(value));
    while (!open.isEmpty()) {
      NodeProto node = producers.get(open.pop());
      if (node != null && found.add(node)) {
        inputs(node).forEach(open::push);
      }
    }
    return found;
  }

  /** Also what a branch or loop body takes from outside. */
  private static Stream<String> inputs(NodeProto node) {
    Stream<GraphProto> bodies =
        node.getAttributeList().stream()
            .flatMap(a -> Stream.concat(body(a), a.getGraphsList().stream()));
    Stream<String> inner =
        bodies.flatMap(
            body ->
                Stream.concat(
                    body.getNodeList().stream().flatMap(OnnxCut::inputs),
                    body.getOutputList().stream().map(ValueInfoProto::getName)));
    return Stream.concat(node.getInputList().stream(), inner);
  }

  private static Stream<GraphProto> body(AttributeProto attribute) {
    return attribute.hasG() ? Stream.of(attribute.getG()) : Stream.empty();
  }

  /** The graph without outputs and without all that a value does not need. */
  public GraphProto.Builder before(String value) {
    Set<NodeProto> kept = needed(value);
    Set<String> used = new HashSet<>(Set.of(value));
    kept.forEach(node -> inputs(node).forEach(used::add));
    GraphProto.Builder cut = GraphProto.newBuilder().setName(graph.getName());
    graph.getNodeList().stream().filter(kept::contains).forEach(cut::addNode);
    for (TensorProto initializer : graph.getInitializerList()) {
      if (used.contains(initializer.getName())) {
        if (initializer.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
          throw new ModelException(
              "expected a model with all weights inside, found "
                  + initializer.getName()
                  + " in another file");
        }
        cut.addInitializer(initializer);
      }
    }
    graph.getInputList().stream()
        .filter(input -> used.contains(input.getName()) && !constants.contains(input.getName()))
        .forEach(cut::addInput);
    if (cut.getInputCount() != 1) {
      throw new ModelException(
          "expected one input before "
              + value
              + ", found "
              + cut.getInputList().stream().map(ValueInfoProto::getName).toList());
    }
    return cut;
  }
}
