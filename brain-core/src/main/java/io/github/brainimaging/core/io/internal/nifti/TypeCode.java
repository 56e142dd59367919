package io.github.brainimaging.core.io.internal.nifti;

import io.github.brainimaging.core.image.VoxelType;
import java.io.IOException;

/** The header's field {@code datatype} (nifti1.h, {@code NIFTI_TYPE_...}). */
final class TypeCode {

  private TypeCode() {}

  static VoxelType type(int code, int offset) throws IOException {
    for (VoxelType type : VoxelType.values()) {
      if (of(type) == code) {
        return type;
      }
    }
    String name =
        switch (code) {
          case 1 -> "1 bit";
          case 32, 1792, 2048 -> "complex numbers";
          case 1536 -> "128-bit floats";
          case 2304 -> "RGBA";
          default -> "unknown";
        };
    throw new IOException(
        String.format(
            "field datatype at offset %d: expected whole numbers or floats of 8 to 64 bits or RGB24,"
                + " found %d (%s)",
            offset, code, name));
  }

  static int of(VoxelType type) {
    return switch (type) {
      case UINT8 -> 2;
      case INT16 -> 4;
      case INT32 -> 8;
      case FLOAT32 -> 16;
      case FLOAT64 -> 64;
      case RGB24 -> 128;
      case INT8 -> 256;
      case UINT16 -> 512;
      case UINT32 -> 768;
      case INT64 -> 1024;
      case UINT64 -> 1280;
    };
  }
}
