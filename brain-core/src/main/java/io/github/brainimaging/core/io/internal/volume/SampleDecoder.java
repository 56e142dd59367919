package io.github.brainimaging.core.io.internal.volume;

import io.github.brainimaging.core.image.VoxelType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns stored bytes into samples: {@code slope * stored + intercept} in double precision, rounded
 * to float once. Samples of RGB stay in the order of the file, voxel after voxel.
 */
final class SampleDecoder {

  private final VoxelType type;
  private final ByteOrder order;
  private final double slope;
  private final double intercept;
  private final boolean scaled;
  private final float[] ofByte = new float[256];

  SampleDecoder(SampleType samples) {
    this.type = samples.type();
    this.order = samples.order();
    this.slope = samples.slope();
    this.intercept = samples.intercept();
    this.scaled = samples.isScaled();
    for (int i = 0; i < ofByte.length; i++) {
      ofByte[i] = (float) (slope * (type == VoxelType.INT8 ? (byte) i : i) + intercept);
    }
  }

  /** How many bytes a sample takes. */
  int sampleBytes() {
    return type.bytes() / type.channels();
  }

  /** Decodes {@code count} samples from the start of the bytes. */
  void decode(byte[] bytes, int count, float[] samples, int at) {
    if (sampleBytes() == 1) {
      for (int i = 0; i < count; i++) {
        samples[at + i] = ofByte[bytes[i] & 0xFF];
      }
      return;
    }
    ByteBuffer from = ByteBuffer.wrap(bytes).order(order);
    if (type == VoxelType.FLOAT32 && !scaled) {
      from.asFloatBuffer().get(samples, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      samples[at + i] = (float) (slope * stored(from, i) + intercept);
    }
  }

  private double stored(ByteBuffer from, int i) {
    return switch (type) {
      case INT16 -> from.getShort(2 * i);
      case UINT16 -> from.getShort(2 * i) & 0xFFFF;
      case INT32 -> from.getInt(4 * i);
      case UINT32 -> from.getInt(4 * i) & 0xFFFFFFFFL;
      case INT64 -> from.getLong(8 * i);
      case UINT64 -> unsigned(from.getLong(8 * i));
      case FLOAT32 -> from.getFloat(4 * i);
      case FLOAT64 -> from.getDouble(8 * i);
      case UINT8, INT8, RGB24 -> throw new AssertionError(type);
    };
  }

  /** Halved with the lost bit kept, so that the conversion rounds as it would the whole. */
  private static double unsigned(long value) {
    return value >= 0 ? value : 2.0 * ((value >>> 1) | (value & 1));
  }
}
