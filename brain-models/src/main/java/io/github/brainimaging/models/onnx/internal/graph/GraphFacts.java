package io.github.brainimaging.models.onnx.internal.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.brainimaging.models.card.ModelException;
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
 * @param channels how many channels the first convolution takes; 0 where no weight tells
 * @param recurs whether it goes through a sequence, as an LSTM does
 * @param scale by what gray values are multiplied before anything else, such as 1/255
 */
public record GraphFacts(
    List<Port> inputs,
    List<Port> outputs,
    Map<String, String> makers,
    boolean resizes,
    int channels,
    boolean recurs,
    double scale) {

  private static final Set<String> RECURRENT = Set.of("LSTM", "GRU", "RNN");

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
    return new GraphFacts(
        inputs,
        outputs,
        OutputMakers.of(graph, weights),
        firstOf("Resize", graph, inputs).isPresent(),
        channels(graph, inputs),
        graph.getNodeList().stream().anyMatch(node -> RECURRENT.contains(node.getOpType())),
        GrayScale.of(graph, inputs));
  }

  /** An operator that works on an input of which nothing but places and scale was changed. */
  private static Optional<NodeProto> firstOf(String operator, GraphProto graph, List<Port> inputs) {
    Set<String> pictures = inputs.stream().map(Port::name).collect(Collectors.toSet());
    for (NodeProto node : graph.getNodeList()) { // in the order of their work
      if (node.getInputCount() > 0 && pictures.contains(node.getInput(0))) {
        if (node.getOpType().equals(operator)) {
          return Optional.of(node);
        }
        if (OutputMakers.MOVING.contains(node.getOpType())
            || node.getOpType().matches("Mul|Div|Add|Sub|Pad|Clip")) {
          pictures.addAll(node.getOutputList());
        }
      }
    }
    return Optional.empty();
  }

  private static int channels(GraphProto graph, List<Port> inputs) {
    return firstOf("Conv", graph, inputs)
        .map(
            node -> {
              long group =
                  node.getAttributeList().stream()
                      .filter(attribute -> attribute.getName().equals("group"))
                      .map(AttributeProto::getI)
                      .findFirst()
                      .orElse(1L);
              return graph.getInitializerList().stream()
                  .filter(w -> node.getInputCount() > 1 && w.getName().equals(node.getInput(1)))
                  .filter(weight -> weight.getDimsCount() > 1)
                  .mapToInt(weight -> (int) (group * weight.getDims(1)))
                  .findFirst()
                  .orElse(0);
            })
        .orElse(0);
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
