package io.github.brainimaging.models.network.format.internal;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.card.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Reads the float32 weights of an ONNX model. */
public final class OnnxWeights {

  private OnnxWeights() {}

  /** The model that a file holds; weights in half precision are float32 again. */
  public static ModelProto parse(byte[] model) {
    try {
      return HalfPrecision.widened(ModelProto.parseFrom(model));
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException("expected an ONNX model: " + e.getMessage(), e);
    }
  }

  public static Map<String, Tensor> read(byte[] model) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TensorProto weight : parse(model).getGraph().getInitializerList()) {
      boolean here = weight.getDataLocation() == TensorProto.DataLocation.DEFAULT;
      if (here && weight.getDataType() == TensorProto.DataType.FLOAT_VALUE) {
        tensors.put(weight.getName(), tensor(weight));
      }
    }
    if (tensors.isEmpty()) {
      throw new ModelException("expected an ONNX model with float32 weights inside, found none");
    }
    return tensors;
  }

  /** The values of a float32 tensor that is kept inside the file. */
  public static Tensor tensor(TensorProto weight) {
    float[] values;
    if (weight.hasRawData()) {
      FloatBuffer raw =
          weight.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      values = new float[raw.remaining()];
      raw.get(values);
    } else {
      values = new float[weight.getFloatDataCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = weight.getFloatData(i);
      }
    }
    int[] shape = weight.getDimsList().stream().mapToInt(Long::intValue).toArray();
    try {
      return Tensor.wrap(values, shape);
    } catch (IllegalArgumentException e) {
      throw new ModelException("weight " + weight.getName() + " of the ONNX model is broken", e);
    }
  }

  /** The same model, the values within each weight of two axes or more in another order. */
  public static byte[] shuffled(byte[] model, long seed) {
    ModelProto.Builder shuffled = parse(model).toBuilder();
    Random random = new Random(seed);
    for (TensorProto.Builder weight : shuffled.getGraphBuilder().getInitializerBuilderList()) {
      boolean here = weight.getDataLocation() == TensorProto.DataLocation.DEFAULT;
      boolean isFloat = weight.getDataType() == TensorProto.DataType.FLOAT_VALUE;
      if (here && isFloat && weight.getDimsCount() > 1) {
        float[] values = tensor(weight.build()).toArray();
        for (int i = values.length - 1; i > 0; i--) {
          int other = random.nextInt(i + 1);
          float value = values[i];
          values[i] = values[other];
          values[other] = value;
        }
        ByteBuffer raw =
            ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        weight.clearFloatData().setRawData(ByteString.copyFrom(raw));
      }
    }
    return shuffled.build().toByteArray();
  }
}
