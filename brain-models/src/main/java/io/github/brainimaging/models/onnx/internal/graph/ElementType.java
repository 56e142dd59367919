package io.github.brainimaging.models.onnx.internal.graph;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import io.github.brainimaging.core.internal.Heap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * What the values of an input can be. Whole numbers are rounded half to even, as NumPy's {@code
 * rint} does, and limited to what the type holds.
 */
public enum ElementType {
  FLOAT(Float.BYTES, 0, 0, OnnxJavaType.FLOAT),
  DOUBLE(Double.BYTES, 0, 0, OnnxJavaType.DOUBLE),
  FLOAT16(Short.BYTES, 0, 0, OnnxJavaType.FLOAT16),
  BFLOAT16(Short.BYTES, 0, 0, OnnxJavaType.BFLOAT16),
  UINT8(Byte.BYTES, 0, 255, OnnxJavaType.UINT8),
  INT8(Byte.BYTES, Byte.MIN_VALUE, Byte.MAX_VALUE, OnnxJavaType.INT8),
  INT16(Short.BYTES, Short.MIN_VALUE, Short.MAX_VALUE, OnnxJavaType.INT16),
  INT32(Integer.BYTES, Integer.MIN_VALUE, Integer.MAX_VALUE, OnnxJavaType.INT32),
  INT64(Long.BYTES, Integer.MIN_VALUE, Integer.MAX_VALUE, OnnxJavaType.INT64);

  private final int bytes;
  private final double low;
  private final double high;
  private final OnnxJavaType javaType;

  ElementType(int bytes, double low, double high, OnnxJavaType javaType) {
    this.bytes = bytes;
    this.low = low;
    this.high = high;
    this.javaType = javaType;
  }

  static boolean isKnown(String type) {
    for (ElementType known : values()) {
      if (known.name().equals(type)) {
        return true;
      }
    }
    return false;
  }

  public static ElementType of(Port port) {
    return valueOf(port.type());
  }

  public OnnxTensor tensor(OrtEnvironment environment, FloatBuffer values, long[] shape)
      throws OrtException {
    if (this == FLOAT) {
      return OnnxTensor.createTensor(environment, values, shape);
    }
    FloatBuffer from = values.duplicate();
    ByteBuffer to =
        ByteBuffer.allocateDirect(Math.multiplyExact(from.remaining(), bytes))
            .order(ByteOrder.nativeOrder());
    while (from.hasRemaining()) {
      put(from.get(), to);
    }
    return OnnxTensor.createTensor(environment, to.flip(), shape, javaType);
  }

  private void put(float value, ByteBuffer to) {
    long whole = (long) Math.min(Math.max(Math.rint(value), low), high);
    var unused =
        switch (this) {
          case FLOAT -> to.putFloat(value);
          case DOUBLE -> to.putDouble(value);
          case FLOAT16 -> to.putShort(Fp16Conversions.floatToFp16(value));
          case BFLOAT16 -> to.putShort(Fp16Conversions.floatToBf16(value));
          case UINT8, INT8 -> to.put((byte) whole);
          case INT16 -> to.putShort((short) whole);
          case INT32 -> to.putInt((int) whole);
          case INT64 -> to.putLong(whole);
        };
  }

  /** The values of any numeric tensor, at most as many as half of the heap holds twice. */
  public static float[] values(OnnxTensor tensor) throws OrtException, EngineFailure {
    long count = tensor.getInfo().getNumElements();
    EngineFailure.require(
        count <= Math.min(Heap.half() / (2 * Float.BYTES), Integer.MAX_VALUE - 8),
        "an output has %d values, more than half of the heap takes",
        count);
    int size = (int) count;
    float[] values = new float[size];
    switch (tensor.getInfo().type) {
      case FLOAT, FLOAT16, BFLOAT16 -> {
        var unused = tensor.getFloatBuffer().get(values);
      }
      case DOUBLE -> {
        var buffer = tensor.getDoubleBuffer();
        for (int i = 0; i < size; i++) {
          values[i] = (float) buffer.get(i);
        }
      }
      case INT64 -> {
        var buffer = tensor.getLongBuffer();
        for (int i = 0; i < size; i++) {
          values[i] = buffer.get(i);
        }
      }
      case INT32 -> {
        var buffer = tensor.getIntBuffer();
        for (int i = 0; i < size; i++) {
          values[i] = buffer.get(i);
        }
      }
      case INT16 -> {
        var buffer = tensor.getShortBuffer();
        for (int i = 0; i < size; i++) {
          values[i] = buffer.get(i);
        }
      }
      default -> {
        var buffer = tensor.getByteBuffer();
        boolean signed = tensor.getInfo().type == OnnxJavaType.INT8;
        for (int i = 0; i < size; i++) {
          values[i] = signed ? buffer.get(i) : Byte.toUnsignedInt(buffer.get(i));
        }
      }
    }
    return values;
  }
}
