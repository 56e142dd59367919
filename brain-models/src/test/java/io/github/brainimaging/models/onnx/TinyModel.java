package io.github.brainimaging.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/**
 * Small ONNX models with outputs that are known without running them. A length of -1 is an axis
 * that the graph leaves open.
 */
final class TinyModel {

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
  private final ModelProto.Builder model =
      ModelProto.newBuilder()
          .setIrVersion(7)
          .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(13));

  /** Gives its input's values as they are: the pixels of an image are the outputs. */
  static TinyModel passThrough(long[] inputShape, long[] outputShape) {
    return new TinyModel()
        .input("x", DataType.FLOAT, inputShape)
        .node("Flatten", "y", "x")
        .output("y", DataType.FLOAT, outputShape);
  }

  /** As many outputs as labels, one channel, one row of pixels, the batch axis open. */
  static TinyModel passThrough(int labels) {
    return passThrough(new long[] {-1, 1, 1, labels}, new long[] {-1, labels});
  }

  TinyModel input(String name, DataType type, long... shape) {
    graph.addInput(value(name, type, shape));
    return this;
  }

  TinyModel output(String name, DataType type, long... shape) {
    graph.addOutput(value(name, type, shape));
    return this;
  }

  TinyModel node(String operator, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder().setOpType(operator).addAllInput(List.of(inputs)).addOutput(output));
    return this;
  }

  TinyModel castToFloat(String output, String input) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Cast")
            .addInput(input)
            .addOutput(output)
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("to")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(DataType.FLOAT.getNumber())));
    return this;
  }

  /** A weight of zeros but for the first value. */
  TinyModel weight(String name, float first, long... shape) {
    TensorProto.Builder weight =
        TensorProto.newBuilder().setName(name).setDataType(DataType.FLOAT.getNumber());
    int count = 1;
    for (long length : shape) {
      weight.addDims(length);
      count *= (int) length;
    }
    for (int i = 0; i < count; i++) {
      weight.addFloatData(i == 0 ? first : 0);
    }
    graph.addInitializer(weight);
    return this;
  }

  /** The axis of the node that was added last. */
  TinyModel axis(int axis) {
    graph
        .getNodeBuilder(graph.getNodeCount() - 1)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("axis")
                .setType(AttributeProto.AttributeType.INT)
                .setI(axis));
    return this;
  }

  /** A loop whose condition is always true, and without a largest number of rounds. */
  static TinyModel endless() {
    GraphProto body =
        GraphProto.newBuilder()
            .setName("body")
            .addInput(value("round", DataType.INT64))
            .addInput(value("goesOn", DataType.BOOL))
            .addInput(value("v", DataType.FLOAT, -1, 2))
            .addNode(
                NodeProto.newBuilder().setOpType("Identity").addInput("goesOn").addOutput("on"))
            .addNode(NodeProto.newBuilder().setOpType("Sin").addInput("v").addOutput("w"))
            .addOutput(value("on", DataType.BOOL))
            .addOutput(value("w", DataType.FLOAT, -1, 2))
            .build();
    TinyModel model =
        new TinyModel().input("x", DataType.FLOAT, -1, 1, 1, 2).node("Flatten", "f", "x");
    model.graph.addInitializer(
        TensorProto.newBuilder()
            .setName("true")
            .setDataType(DataType.BOOL.getNumber())
            .addInt32Data(1));
    model
        .node("Loop", "y", "", "true", "f")
        .graph
        .getNodeBuilder(1)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("body")
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(body));
    return model.output("y", DataType.FLOAT, -1, 2);
  }

  TinyModel metadata(String key, String text) {
    model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(text));
    return this;
  }

  byte[] bytes() {
    return model.setGraph(graph).build().toByteArray();
  }

  private static ValueInfoProto value(String name, DataType type, long... shape) {
    TensorShapeProto.Builder axes = TensorShapeProto.newBuilder();
    for (int i = 0; i < shape.length; i++) {
      TensorShapeProto.Dimension.Builder axis = TensorShapeProto.Dimension.newBuilder();
      axes.addDim(shape[i] < 0 ? axis.setDimParam(name + i) : axis.setDimValue(shape[i]));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(axes)))
        .build();
  }
}
