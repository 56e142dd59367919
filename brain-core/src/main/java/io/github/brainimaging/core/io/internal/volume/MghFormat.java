package io.github.brainimaging.core.io.internal.volume;

import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelType;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * FreeSurfer's MGH and MGZ, which is the same by gzip (FreeSurfer's wiki, "MghFormat"): a header of
 * 284 bytes, big endian. Its place is the direction of each axis and the point in RAS that voxel
 * (width / 2, height / 2, depth / 2) has.
 */
final class MghFormat implements VolumeFormat {

  private static final int LENGTH = 284;
  private static final int TYPE = 20;
  private static final int GOOD_RAS = 28;
  private static final double[] RAS = {1, 1, 1};

  @Override
  public String name() {
    return "MGH";
  }

  /** There is no magic number: version, type and flag are what few other files begin with. */
  @Override
  public boolean recognizes(FileStart start) {
    if (start.bytes().length < GOOD_RAS + 2) {
      return false;
    }
    ByteBuffer bytes = ByteBuffer.wrap(start.bytes());
    int good = bytes.getShort(GOOD_RAS);
    return bytes.getInt(0) == 1
        && bytes.getInt(TYPE) >= 0
        && bytes.getInt(TYPE) <= 11
        && (good == 0 || good == 1);
  }

  @Override
  public VolumeHeader parse(FileStart start) throws IOException {
    if (start.bytes().length < LENGTH) {
      throw new EOFException(
          "the header is cut off: expected 284 bytes, found " + start.bytes().length);
    }
    ByteBuffer bytes = ByteBuffer.wrap(start.bytes());
    VolumeGrid size =
        VolumeHeader.grid(
            "width, height, depth", bytes.getInt(4), bytes.getInt(8), bytes.getInt(12));
    VolumeHeader.Layout layout = VolumeHeader.layout("nframes", size, 1, false, bytes.getInt(16));
    boolean placed = bytes.getShort(GOOD_RAS) == 1;
    VolumeGrid grid = placed ? place(size, bytes) : standard(size);
    return new VolumeHeader(
        grid,
        layout,
        Double.NaN,
        SampleType.plain(type(bytes.getInt(TYPE)), ByteOrder.BIG_ENDIAN),
        start.isCompressed()
            ? new VoxelPlace(VoxelPlace.Encoding.GZIP, 0, LENGTH)
            : new VoxelPlace(VoxelPlace.Encoding.RAW, LENGTH, 0),
        null,
        warnings(grid, placed));
  }

  private static List<String> warnings(VolumeGrid grid, boolean placed) {
    if (grid.affine().isEmpty()) {
      return List.of(VolumeHeader.UNKNOWN_PLACE);
    }
    return placed
        ? List.of()
        : List.of(
            "the file tells no place; taken for coronal slices of 1 mm around the origin, as"
                + " FreeSurfer does");
  }

  private static VolumeGrid place(VolumeGrid size, ByteBuffer bytes) {
    double[][] axes = new double[3][3];
    for (int axis = 0; axis < 3; axis++) {
      double step = bytes.getFloat(30 + 4 * axis);
      for (int i = 0; i < 3; i++) {
        axes[axis][i] = step * bytes.getFloat(42 + 12 * axis + 4 * i);
      }
    }
    double[] center = {bytes.getFloat(78), bytes.getFloat(82), bytes.getFloat(86)};
    return around(size, axes, center);
  }

  private static VolumeGrid standard(VolumeGrid size) {
    return around(size, new double[][] {{-1, 0, 0}, {0, 0, -1}, {0, 1, 0}}, new double[3]);
  }

  private static VolumeGrid around(VolumeGrid size, double[][] axes, double[] center) {
    double[] origin = center.clone();
    for (int i = 0; i < 3; i++) {
      origin[i] -=
          (axes[0][i] * size.width() + axes[1][i] * size.height() + axes[2][i] * size.depth()) / 2;
    }
    return PatientSpace.place(size, axes, origin, RAS);
  }

  private static VoxelType type(int code) throws IOException {
    return switch (code) {
      case 0 -> VoxelType.UINT8;
      case 1 -> VoxelType.INT32;
      case 3 -> VoxelType.FLOAT32;
      case 4 -> VoxelType.INT16;
      case 10 -> VoxelType.UINT16;
      default ->
          throw HeaderText.bad(
              "type at offset 20", "0, 1, 3, 4 or 10 (whole numbers or floats)", code);
    };
  }
}
