package io.github.brainimaging.models.network.format.internal;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/**
 * Lets a graph that was exported for a fixed batch take any: the first axis of the input becomes
 * free, and so does the first entry of the constant shapes that {@code Reshape} is given.
 */
public final class FreeBatch {

  static final String BATCH = "batch";

  private FreeBatch() {}

  /** Changes a graph with one input. */
  public static void of(GraphProto.Builder graph) {
    ValueInfoProto.Builder input = graph.getInputBuilder(0);
    TensorShapeProto shape = input.getType().getTensorType().getShape();
    if (shape.getDimCount() == 0) {
      return;
    }
    TensorShapeProto.Dimension free =
        TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH).build();
    long fixed = shape.getDim(0).getDimValue();
    input.getTypeBuilder().getTensorTypeBuilder().setShape(shape.toBuilder().setDim(0, free));
    if (fixed > 0) {
      Set<String> shapes = new HashSet<>();
      for (NodeProto node : graph.getNodeList()) {
        if (node.getOpType().equals("Reshape") && !allowsZero(node)) {
          shapes.add(node.getInput(1));
        }
      }
      for (int i = 0; i < graph.getInitializerCount(); i++) {
        if (shapes.contains(graph.getInitializer(i).getName())) {
          graph.setInitializer(i, freed(graph.getInitializer(i), fixed));
        }
      }
      graph.getNodeBuilderList().stream()
          .filter(node -> node.getOpType().equals("Constant") && shapes.contains(node.getOutput(0)))
          .flatMap(node -> node.getAttributeBuilderList().stream())
          .filter(AttributeProto.Builder::hasT)
          .forEach(attribute -> attribute.setT(freed(attribute.getT(), fixed)));
    }
  }

  /** In an operator with this attribute 0 is a length of 0, otherwise that of the input. */
  private static boolean allowsZero(NodeProto reshape) {
    return reshape.getAttributeList().stream()
        .anyMatch(a -> a.getName().equals("allowzero") && a.getI() != 0);
  }

  /** A shape whose first length is the fixed batch, for any. */
  static TensorProto freed(TensorProto shape, long fixed) {
    boolean known =
        shape.getDataType() == TensorProto.DataType.INT64_VALUE && shape.getDimsCount() == 1;
    if (!known || shape.getDims(0) < 2) {
      return shape;
    }
    if (shape.getInt64DataCount() > 0) {
      return shape.getInt64Data(0) == fixed ? shape.toBuilder().setInt64Data(0, 0).build() : shape;
    }
    ByteBuffer raw =
        ByteBuffer.wrap(shape.getRawData().toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    return raw.getLong(0) == fixed
        ? shape.toBuilder().setRawData(ByteString.copyFrom(raw.putLong(0, 0).array())).build()
        : shape;
  }
}
