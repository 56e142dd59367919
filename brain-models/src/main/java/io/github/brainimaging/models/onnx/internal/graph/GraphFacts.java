package io.github.brainimaging.models.onnx.internal.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.brainimaging.models.card.ModelException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an ONNX graph says of itself without being run: its inputs and outputs, and the operator
 * that makes each output.
 *
 * @param inputs those that are no weights
 * @param outputs all
 * @param makers name of an output to the operator that makes it, those passed over that only move
 *     values
 * @param resizes whether an input is resized before anything else
 */
public record GraphFacts(
    List<Port> inputs, List<Port> outputs, Map<String, String> makers, boolean resizes) {

  /** The maker of values that are multiplied by a constant, divided by one, or less one. */
  static final String SCALING = "scaling";

  /** What changes neither the values nor, within an image, their order. */
  private static final Set<String> MOVING =
      Set.of("Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose");

  public static GraphFacts of(byte[] file, String name) {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(file);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(name + " is no ONNX file: " + e.getMessage(), e);
    }
    GraphProto graph = model.getGraph();
    if (graph.getOutputCount() == 0) {
      throw new ModelException(name + " is no ONNX file: it has no graph with outputs");
    }
    Set<String> weights = weights(graph);
    List<Port> inputs =
        graph.getInputList().stream()
            .filter(input -> !weights.contains(input.getName()))
            .map(GraphFacts::port)
            .toList();
    List<Port> outputs = graph.getOutputList().stream().map(GraphFacts::port).toList();
    return new GraphFacts(inputs, outputs, makers(graph), resizes(graph, inputs));
  }

  private static boolean resizes(GraphProto graph, List<Port> inputs) {
    Set<String> pictures = inputs.stream().map(Port::name).collect(Collectors.toSet());
    for (NodeProto node : graph.getNodeList()) { // in the order of their work
      if (node.getInputCount() > 0 && pictures.contains(node.getInput(0))) {
        if (node.getOpType().equals("Resize")) {
          return true;
        }
        if (MOVING.contains(node.getOpType()) || node.getOpType().matches("Mul|Div|Add|Sub")) {
          pictures.addAll(node.getOutputList());
        }
      }
    }
    return false;
  }

  private static Port port(ValueInfoProto value) {
    var tensor = value.getType().getTensorType();
    long[] shape = tensor.getShape().getDimList().stream().mapToLong(GraphFacts::length).toArray();
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getElemType());
    return new Port(value.getName(), type == null ? "unknown" : type.name(), shape);
  }

  private static long length(TensorShapeProto.Dimension axis) {
    return axis.getDimValue() > 0 ? axis.getDimValue() : -1;
  }

  private static Map<String, String> makers(GraphProto graph) {
    Set<String> constants = new HashSet<>(weights(graph));
    Map<String, NodeProto> byOutput = new HashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(output -> byOutput.put(output, node));
      if (node.getOpType().equals("Constant")) {
        constants.addAll(node.getOutputList());
      }
    }
    Map<String, String> makers = new HashMap<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      NodeProto node = byOutput.get(output.getName());
      int steps = graph.getNodeCount(); // a damaged graph may be a ring
      while (node != null && MOVING.contains(node.getOpType()) && steps-- > 0) {
        node = byOutput.get(node.getInput(0));
      }
      makers.put(output.getName(), node == null ? "" : name(node, constants));
    }
    return makers;
  }

  private static String name(NodeProto node, Set<String> constants) {
    boolean scales = Set.of("Mul", "Div", "Sub").contains(node.getOpType());
    return scales && node.getInputList().stream().anyMatch(constants::contains)
        ? SCALING
        : node.getOpType();
  }

  private static Set<String> weights(GraphProto graph) {
    return graph.getInitializerList().stream()
        .map(TensorProto::getName)
        .collect(Collectors.toSet());
  }

  /** The operator that makes an output. */
  public String maker(Port output) {
    return Optional.ofNullable(makers.get(output.name())).orElse("");
  }
}
