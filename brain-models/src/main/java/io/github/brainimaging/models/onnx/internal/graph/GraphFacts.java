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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
 * @param divides whether gray values are divided by a hundred or more before anything else
 * @param recurs whether it goes through a sequence, as an LSTM does
 */
public record GraphFacts(
    List<Port> inputs,
    List<Port> outputs,
    Map<String, String> makers,
    boolean resizes,
    int channels,
    boolean recurs,
    boolean divides) {

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
        divides(graph, inputs));
  }

  private static boolean divides(GraphProto graph, List<Port> inputs) {
    Map<String, Float> numbers = new HashMap<>();
    graph.getInitializerList().forEach(weight -> number(weight.getName(), weight, numbers));
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Constant") && node.getAttributeCount() > 0) {
        number(node.getOutput(0), node.getAttribute(0).getT(), numbers);
      }
    }
    return divides("Mul", graph, inputs, by -> by > 0 && by <= 0.01, numbers)
        || divides("Div", graph, inputs, by -> by >= 100, numbers);
  }

  private static boolean divides(
      String operator,
      GraphProto graph,
      List<Port> inputs,
      Predicate<Float> much,
      Map<String, Float> numbers) {
    return firstOf(operator, graph, inputs)
        .filter(node -> node.getInputCount() == 2)
        .map(node -> numbers.get(node.getInput(1)))
        .filter(much)
        .isPresent();
  }

  private static void number(String name, TensorProto tensor, Map<String, Float> numbers) {
    long count = tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
    if (tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE && count == 1) {
      if (tensor.getFloatDataCount() == 1) {
        numbers.put(name, tensor.getFloatData(0));
      } else if (tensor.getRawData().size() == Float.BYTES) {
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer();
        numbers.put(name, raw.order(ByteOrder.LITTLE_ENDIAN).getFloat());
      }
    }
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
            || node.getOpType().matches("Mul|Div|Add|Sub|Pad")) {
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
