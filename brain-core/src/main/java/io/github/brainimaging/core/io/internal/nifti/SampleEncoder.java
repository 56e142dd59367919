package io.github.brainimaging.core.io.internal.nifti;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeSeries;
import io.github.brainimaging.core.image.VoxelType;
import io.github.brainimaging.core.internal.Arguments;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns samples into stored bytes, little endian, never rounding one. */
public final class SampleEncoder {

  private SampleEncoder() {}

  private static boolean holds(VoxelType type, float sample) {
    return switch (type) {
      case UINT8, RGB24 -> isWhole(sample, 0, 0xFFp0);
      case INT8 -> isWhole(sample, -0x80p0, 0x7Fp0);
      case UINT16 -> isWhole(sample, 0, 0xFFFFp0);
      case INT16 -> isWhole(sample, -0x8000p0, 0x7FFFp0);
      // Of the floats, none lies between the largest number and the power of two above it.
      case UINT32 -> isWhole(sample, 0, Math.nextDown(0x1p32f));
      case INT32 -> isWhole(sample, -0x1p31, Math.nextDown(0x1p31f));
      case UINT64 -> isWhole(sample, 0, Math.nextDown(0x1p64f));
      case INT64 -> isWhole(sample, -0x1p63, Math.nextDown(0x1p63f));
      case FLOAT32, FLOAT64 -> true;
    };
  }

  private static boolean isWhole(float sample, double least, double most) {
    return sample >= least && sample <= most && sample == Math.rint(sample);
  }

  /**
   * The first sample of a volume that a type does not hold as it is.
   *
   * @param type the type
   * @param volume the volume
   * @return empty if it holds all
   */
  public static Optional<Float> unfit(VoxelType type, MedicalVolume volume) {
    if (type == VoxelType.FLOAT32 || type == VoxelType.FLOAT64) {
      return Optional.empty();
    }
    float[] slice = new float[volume.width() * volume.height() * volume.channels()];
    for (int z = 0; z < volume.depth(); z++) {
      volume.copySliceTo(z, slice, 0);
      for (float sample : slice) {
        if (!holds(type, sample)) {
          return Optional.of(sample);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Checks that a type holds volumes as they are.
   *
   * @param type the type
   * @param series the volumes
   * @throws IllegalArgumentException if it does not hold the channels or a sample
   */
  public static void requireHolds(VoxelType type, VolumeSeries series) {
    for (MedicalVolume volume : series.volumes()) {
      Arguments.require(
          volume.channels() == type.channels(),
          "channels must be %s for %s, got %s",
          type.channels(),
          type,
          volume.channels());
      unfit(type, volume)
          .ifPresent(
              sample -> {
                throw new IllegalArgumentException(
                    "samples must be whole numbers that " + type + " holds, got " + sample);
              });
    }
  }

  /**
   * The smallest type that holds volumes as they are.
   *
   * @param series the volumes
   * @return RGB24 for three channels, else the first of UINT8, INT16, UINT16 and FLOAT32
   */
  public static VoxelType typeFor(VolumeSeries series) {
    if (series.volumes().get(0).channels() == VoxelType.RGB24.channels()) {
      return VoxelType.RGB24;
    }
    return Stream.of(VoxelType.UINT8, VoxelType.INT16, VoxelType.UINT16)
        .filter(type -> series.volumes().stream().allMatch(v -> unfit(type, v).isEmpty()))
        .findFirst()
        .orElse(VoxelType.FLOAT32);
  }

  /**
   * Writes the samples of a volume.
   *
   * @param type a type that holds them
   * @param volume the volume
   * @param out where to; not closed
   * @throws IOException if writing fails
   */
  public static void write(VoxelType type, MedicalVolume volume, OutputStream out)
      throws IOException {
    int pixels = volume.width() * volume.height();
    int channels = volume.channels();
    float[] slice = new float[pixels * channels];
    ByteBuffer to =
        ByteBuffer.allocate(Math.multiplyExact(pixels, type.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int z = 0; z < volume.depth(); z++) {
      volume.copySliceTo(z, slice, 0);
      to.clear();
      for (int i = 0; i < pixels; i++) {
        for (int c = 0; c < channels; c++) {
          put(type, slice[c * pixels + i], to);
        }
      }
      out.write(to.array());
    }
  }

  private static void put(VoxelType type, float sample, ByteBuffer to) {
    switch (type) {
      case UINT8, INT8, RGB24 -> to.put((byte) (int) sample);
      case UINT16, INT16 -> to.putShort((short) (int) sample);
      case UINT32, INT32 -> to.putInt((int) (long) sample);
      case INT64 -> to.putLong((long) sample);
      // Above 2^63 a float is a multiple of 2: half of it is exact.
      case UINT64 -> to.putLong(sample < 0x1p63f ? (long) sample : 2 * (long) (sample / 2));
      case FLOAT32 -> to.putFloat(sample);
      case FLOAT64 -> to.putDouble(sample);
    }
  }
}
