package io.github.brainimaging.core.io.internal.volume;

import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Analyze 7.5, a {@code .hdr} of 348 bytes and an {@code .img}, read as nibabel reads it: scale and
 * origin as SPM writes them; where there is no origin, the middle of the volume. The format does
 * not tell left from right; x is taken to run to the patient's left, as its authors meant it, and a
 * warning says so.
 */
final class AnalyzeFormat implements VolumeFormat {

  private static final int LENGTH = 348;
  private static final int DATA_TYPE = 70;
  private static final int PLACE = 108;
  private static final int SLOPE = 112;
  private static final int INTERCEPT = 116;
  private static final int ORIENT = 252;
  private static final int ORIGIN = 253;
  private static final double[] LAS = {-1, 1, 1};

  @Override
  public String name() {
    return "Analyze 7.5";
  }

  @Override
  public boolean recognizes(FileStart start) {
    if (start.bytes().length < LENGTH || start.bytes()[344] == 'n') {
      return false; // NIfTI writes n+1 or ni1 there.
    }
    ByteBuffer bytes = ByteBuffer.wrap(start.bytes());
    return bytes.getInt(0) == LENGTH || Integer.reverseBytes(bytes.getInt(0)) == LENGTH;
  }

  @Override
  public VolumeHeader parse(FileStart start) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(start.bytes());
    boolean little = bytes.getInt(0) != LENGTH;
    bytes.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int dimensions = bytes.getShort(40);
    if (dimensions < 1 || dimensions > 7) {
      throw HeaderText.bad("dim[0] at offset 40", "1 to 7", dimensions);
    }
    VolumeGrid size = VolumeHeader.grid("dim", dim(bytes, 1), dim(bytes, 2), dim(bytes, 3));
    long volumes = 1;
    for (int i = 4; i <= dimensions; i++) {
      volumes = Math.min(1L << 40, volumes * dim(bytes, i));
    }
    int code = bytes.getShort(DATA_TYPE);
    VoxelType type = type(code);
    boolean colored = type.channels() > 1;
    VolumeHeader.Layout layout =
        VolumeHeader.layout("dim", size, type.channels(), colored, volumes);
    VolumeGrid grid = bytes.get(ORIENT) == 0 ? place(size, bytes) : spaced(size, bytes);
    return new VolumeHeader(
        grid,
        layout,
        Double.NaN,
        samples(type, bytes),
        new VoxelPlace(VoxelPlace.Encoding.RAW, offset(bytes), 0),
        DataFile::ofPair,
        warnings(grid));
  }

  private static List<String> warnings(VolumeGrid grid) {
    List<String> warnings = new ArrayList<>();
    if (grid.affine().isPresent()) {
      warnings.add(
          "Analyze 7.5 does not tell left from right; the columns were taken to run from the"
              + " patient's right to the left");
    } else {
      warnings.add(VolumeHeader.UNKNOWN_PLACE);
    }
    return warnings;
  }

  private static SampleType samples(VoxelType type, ByteBuffer bytes) {
    double slope = bytes.getFloat(SLOPE);
    if (slope == 0 || !Double.isFinite(slope) || type.channels() > 1) {
      return SampleType.plain(type, bytes.order());
    }
    double intercept = bytes.getFloat(INTERCEPT);
    return new SampleType(type, bytes.order(), slope, Double.isFinite(intercept) ? intercept : 0);
  }

  private static long offset(ByteBuffer bytes) throws IOException {
    double offset = bytes.getFloat(PLACE);
    if (offset >= 0 && offset <= 1L << 50 && offset == Math.rint(offset)) {
      return (long) offset;
    }
    throw HeaderText.bad("vox_offset at offset 108", "a whole number of at least 0", offset);
  }

  /** Axes that are not there, and 0 for them, count as one. */
  private static long dim(ByteBuffer bytes, int i) {
    int size = bytes.getShort(40 + 2 * i);
    return i > bytes.getShort(40) || (size == 0 && i > 3) ? 1 : size;
  }

  private static double step(ByteBuffer bytes, int axis) {
    double step = Math.abs(bytes.getFloat(76 + 4 * axis));
    return step == 0 && axis > bytes.getShort(40) ? 1 : step;
  }

  private static VolumeGrid spaced(VolumeGrid size, ByteBuffer bytes) {
    return PatientSpace.spaced(size, step(bytes, 1), step(bytes, 2), step(bytes, 3));
  }

  private static VolumeGrid place(VolumeGrid size, ByteBuffer bytes) {
    int[] sizes = {size.width(), size.height(), size.depth()};
    double[][] axes = new double[3][3];
    double[] origin = new double[3];
    boolean told = isOrigin(bytes, sizes);
    for (int i = 0; i < 3; i++) {
      axes[i][i] = step(bytes, i + 1);
      double center = told ? bytes.getShort(ORIGIN + 2 * i) - 1 : (sizes[i] - 1) / 2.0;
      origin[i] = -axes[i][i] * center;
    }
    return PatientSpace.place(size, axes, origin, LAS);
  }

  /** SPM's rule for a voxel that is meant. */
  private static boolean isOrigin(ByteBuffer bytes, int[] sizes) {
    boolean any = false;
    for (int i = 0; i < 3; i++) {
      int voxel = bytes.getShort(ORIGIN + 2 * i);
      any |= voxel != 0;
      if (voxel <= -sizes[i] || voxel >= 2 * sizes[i]) {
        return false;
      }
    }
    return any;
  }

  private static VoxelType type(int code) throws IOException {
    return switch (code) {
      case 2 -> VoxelType.UINT8;
      case 4 -> VoxelType.INT16;
      case 8 -> VoxelType.INT32;
      case 16 -> VoxelType.FLOAT32;
      case 64 -> VoxelType.FLOAT64;
      case 128 -> VoxelType.RGB24;
      case 130 -> VoxelType.INT8;
      case 132 -> VoxelType.UINT16;
      case 136 -> VoxelType.UINT32;
      default ->
          throw HeaderText.bad(
              "datatype at offset 70", "whole numbers or floats of 8 to 64 bits or RGB", code);
    };
  }
}
