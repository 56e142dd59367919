package io.github.brainimaging.models.network.format;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.brainimaging.models.network.internal.Node;
import java.util.List;

/**
 * Writes one layer of a slice sequence as ONNX nodes; the batch is the first axis. A layer here
 * needs several nodes, which are named after it.
 */
final class SliceGraph {

  private static final float FAR_BELOW = 1e4f;

  private final GraphProto.Builder graph;
  private final Node node;
  private int count;

  SliceGraph(GraphProto.Builder graph, Node node) {
    this.graph = graph;
    this.node = node;
  }

  String slicesAsBatch(String input) {
    List<Integer> shape = node.outputShape();
    return last(op("Reshape", input, longs(-1, shape.get(0), shape.get(1), shape.get(2))));
  }

  String batchAsSlices(String input, String sequence) {
    String leading = emit(op("Slice", emit(op("Shape", sequence)), longs(0), longs(2)));
    NodeProto.Builder join = op("Concat", leading, longs(node.outputShape().get(1)));
    return last(op("Reshape", input, emit(join.addAttribute(integer("axis", 0)))));
  }

  String sliceMask(String input) {
    String sum = sum(emit(op("Abs", input)), false, 2, 3, 4);
    String filled = toFloat(emit(op("Greater", sum, number(0))));
    String number = numbers(filled);
    NodeProto.Builder longest =
        op("ReduceMax", emit(op("Mul", filled, number)))
            .addAttribute(integers("axes", 1))
            .addAttribute(integer("keepdims", 1));
    String padding = emit(op("Greater", number, emit(longest)));
    return last(cast(emit(op("Not", padding)), TensorProto.DataType.FLOAT_VALUE));
  }

  String maskSlices(String input, String mask) {
    return last(op("Mul", input, emit(op("Unsqueeze", mask, longs(1, 3)))));
  }

  String sliceMean(String input, String mask) {
    String masked = emit(op("Mul", input, emit(op("Unsqueeze", mask, longs(1, 3)))));
    String slices = emit(op("Max", sum(mask, false, 1), number(1)));
    return last(op("Div", sum(masked, false, 2), emit(op("Unsqueeze", slices, longs(1, 2)))));
  }

  String featuresAsImage(String input) {
    return last(op("Unsqueeze", input, longs(1)));
  }

  String lstm(String input, String mask) {
    String bias = node.weightName("bias");
    String zeros = emit(op("Sub", bias, bias));
    NodeProto.Builder biases = op("Concat", bias, zeros).addAttribute(integer("axis", 0));
    String lengths = emit(cast(sum(mask, false, 1), TensorProto.DataType.INT32_VALUE));
    NodeProto.Builder slicesFirst = op("Transpose", input).addAttribute(integers("perm", 1, 0, 2));
    String state = nextName();
    graph.addNode(
        op(
                "LSTM",
                emit(slicesFirst),
                emit(op("Unsqueeze", node.weightName("input"), longs(0))),
                emit(op("Unsqueeze", node.weightName("recurrent"), longs(0))),
                emit(op("Unsqueeze", emit(biases), longs(0))),
                lengths)
            .addAttribute(integer("hidden_size", node.outputShape().get(0)))
            .setName(state)
            .addOutput("")
            .addOutput(state));
    return last(op("Squeeze", state, longs(0)));
  }

  String distanceAttention(String input, String mask) {
    String far = emit(op("Mul", emit(op("Sub", mask, number(1))), number(FAR_BELOW)));
    String product = emit(op("Mul", input, node.weightName("score")));
    String scores = emit(op("Add", sum(product, false, 2), far));
    String number = numbers(mask);
    String center = sum(emit(op("Mul", emit(softmax(scores)), number)), true, 1);
    String rate = emit(op("Mul", node.weightName("rate"), node.weightName("rate")));
    String distance = emit(op("Abs", emit(op("Sub", number, center))));
    String near = emit(op("Sub", scores, emit(op("Mul", distance, rate))));
    String weights = emit(op("Mul", emit(softmax(near)), mask));
    String scaled = emit(op("Mul", weights, sum(mask, true, 1)));
    return last(op("Mul", input, emit(op("Unsqueeze", scaled, longs(2)))));
  }

  /** 1, 2, 3, … along the second axis, in the shape of a value of [batch, slices]. */
  private String numbers(String like) {
    String ones = emit(op("Add", emit(op("Mul", like, number(0))), number(1)));
    return emit(op("CumSum", ones, scalar(1)));
  }

  private String sum(String input, boolean keep, long... axes) {
    return emit(
        op("ReduceSum", input, longs(axes)).addAttribute(integer("keepdims", keep ? 1 : 0)));
  }

  private static NodeProto.Builder softmax(String input) {
    return op("Softmax", input).addAttribute(integer("axis", 1));
  }

  private String toFloat(String input) {
    return emit(cast(input, TensorProto.DataType.FLOAT_VALUE));
  }

  private static NodeProto.Builder cast(String input, int type) {
    return op("Cast", input).addAttribute(integer("to", type));
  }

  private static NodeProto.Builder op(String type, String... inputs) {
    return NodeProto.newBuilder().setOpType(type).addAllInput(List.of(inputs));
  }

  private String nextName() {
    count++;
    return node.name() + "." + count;
  }

  private String emit(NodeProto.Builder operator) {
    String name = nextName();
    graph.addNode(operator.setName(name).addOutput(name));
    return name;
  }

  private String last(NodeProto.Builder operator) {
    graph.addNode(operator.setName(node.name()).addOutput(node.name()));
    return node.name();
  }

  private String longs(long... values) {
    String name = nextName();
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return name;
  }

  private String scalar(long value) {
    String name = nextName();
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addInt64Data(value));
    return name;
  }

  private String number(float value) {
    String name = nextName();
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addFloatData(value));
    return name;
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }
}
