package io.github.brainimaging.models.network.format.internal;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds nodes to a graph. What they give bears their name.
 *
 * @param graph what they are added to
 * @param prefix what all their names begin with
 */
public record OnnxNodes(GraphProto.Builder graph, String prefix) {

  /** Adds a node, and gives the name of its output. */
  String node(String type, String name, @Nullable AttributeProto attribute, String... inputs) {
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(prefix + name)
            .addAllInput(List.of(inputs))
            .addOutput(prefix + name);
    if (attribute != null) {
      node.addAttribute(attribute);
    }
    graph.addNode(node);
    return prefix + name;
  }

  /** Adds a list of whole numbers, such as a shape, and gives its name. */
  String integers(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(prefix + name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    graph.addInitializer(tensor);
    return prefix + name;
  }

  public static AttributeProto axis(int axis) {
    return AttributeProto.newBuilder()
        .setName("axis")
        .setType(AttributeProto.AttributeType.INT)
        .setI(axis)
        .build();
  }

  /** An output whose shape is left to the engine, which infers it. */
  public static ValueInfoProto output(String name) {
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
