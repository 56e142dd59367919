package io.github.brainimaging.models.network.format.internal;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.github.brainimaging.core.internal.HalfFloat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Weights kept as numbers of 16 bits, no more than {@link #HIGHEST}; a Cast gives the float32 that
 * the graph goes on with under the weight's name, so that nothing else in it changes.
 */
public final class HalfPrecision {

  /** The largest magnitude that is finite. */
  static final float HIGHEST = 65504;

  private static final String ENDING = ".half";
  private static final String CAST = "Cast";

  private HalfPrecision() {}

  /** The same model, with the weights of two axes or more in half precision. */
  public static byte[] halved(byte[] model) {
    ModelProto.Builder halved = OnnxWeights.parse(model).toBuilder();
    GraphProto.Builder graph = halved.getGraphBuilder();
    Set<String> inputs =
        graph.getInputList().stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
    List<NodeProto> nodes = new ArrayList<>();
    for (TensorProto.Builder weight : graph.getInitializerBuilderList()) {
      if (isKernel(weight) && !inputs.contains(weight.getName())) {
        float[] values = OnnxWeights.tensor(weight.build()).toArray();
        if (fits(values)) {
          nodes.add(widening(weight.getName()));
          weight.setName(weight.getName() + ENDING).clearFloatData().setRawData(raw(values));
          weight.setDataType(TensorProto.DataType.FLOAT16_VALUE);
        }
      }
    }
    nodes.addAll(graph.getNodeList());
    graph.clearNode().addAllNode(nodes);
    return halved.build().toByteArray();
  }

  private static boolean isKernel(TensorProto.Builder weight) {
    return weight.getDataLocation() == TensorProto.DataLocation.DEFAULT
        && weight.getDataType() == TensorProto.DataType.FLOAT_VALUE
        && weight.getDimsCount() > 1;
  }

  private static boolean fits(float[] values) {
    for (float value : values) {
      if (!(Math.abs(value) <= HIGHEST)) {
        return false;
      }
    }
    return true;
  }

  private static NodeProto widening(String name) {
    AttributeProto.Builder type =
        AttributeProto.newBuilder()
            .setName("to")
            .setType(AttributeProto.AttributeType.INT)
            .setI(TensorProto.DataType.FLOAT_VALUE);
    return NodeProto.newBuilder()
        .setOpType(CAST)
        .setName(name)
        .addInput(name + ENDING)
        .addOutput(name)
        .addAttribute(type)
        .build();
  }

  private static ByteString raw(float[] values) {
    ByteBuffer raw =
        ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      raw.putShort(HalfFloat.of(value));
    }
    return ByteString.copyFrom(raw.flip());
  }

  /** The same graph without such weights and their Casts: float32 under the weights' names. */
  static ModelProto widened(ModelProto model) {
    Map<String, String> names = new HashMap<>();
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (node.getOpType().equals(CAST)) {
        names.put(node.getInput(0), node.getOutput(0));
      }
    }
    ModelProto.Builder widened = model.toBuilder();
    GraphProto.Builder graph = widened.getGraphBuilder();
    Set<String> gone = new HashSet<>();
    for (TensorProto.Builder weight : graph.getInitializerBuilderList()) {
      @Nullable String name = names.get(weight.getName());
      if (name != null && weight.getName().equals(name + ENDING) && isHalf(weight)) {
        gone.add(weight.getName());
        float[] values = values(weight.getRawData());
        ByteBuffer raw =
            ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        weight.setName(name).setRawData(ByteString.copyFrom(raw));
        weight.setDataType(TensorProto.DataType.FLOAT_VALUE);
      }
    }
    if (gone.isEmpty()) {
      return model;
    }
    List<NodeProto> nodes = new ArrayList<>(graph.getNodeList());
    nodes.removeIf(node -> node.getOpType().equals(CAST) && gone.contains(node.getInput(0)));
    graph.clearNode().addAllNode(nodes);
    return widened.build();
  }

  private static boolean isHalf(TensorProto.Builder weight) {
    return weight.getDataLocation() == TensorProto.DataLocation.DEFAULT
        && weight.getDataType() == TensorProto.DataType.FLOAT16_VALUE
        && weight.hasRawData();
  }

  /** The values of such a weight. */
  static float[] values(ByteString raw) {
    ShortBuffer halves = raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[] values = new float[halves.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = HalfFloat.toFloat(halves.get(i));
    }
    return values;
  }
}
