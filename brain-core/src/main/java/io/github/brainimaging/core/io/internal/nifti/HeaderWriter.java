package io.github.brainimaging.core.io.internal.nifti;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes the bytes of a header, little endian, the four bytes behind it included. */
public final class HeaderWriter {

  /** {@code NIFTI_XFORM_ALIGNED_ANAT}: some patient space, not known to be the scanner's. */
  private static final short ALIGNED = 2;

  private static final int MILLIMETERS = 2;
  private static final int SECONDS = 8;

  private HeaderWriter() {}

  /**
   * The start of a file.
   *
   * @param header what to tell; slope and intercept are left at 1 and 0, little endian
   * @return 352 or 544 bytes: header and "no extension follows"
   */
  public static byte[] bytes(NiftiHeader header) {
    boolean first = header.version() == 1;
    int length = first ? HeaderFields.LENGTH_1 : HeaderFields.LENGTH_2;
    ByteBuffer to = ByteBuffer.allocate(length + 4).order(ByteOrder.LITTLE_ENDIAN);
    to.putInt(0, length);
    String magic = header.pair() ? "ni" : "n+";
    to.put(first ? 344 : 4, (magic + header.version()).getBytes(StandardCharsets.US_ASCII));
    if (!first) {
      // As in PNG: shows whether a transfer has changed line ends.
      to.put(8, new byte[] {'\r', '\n', 0x1A, '\n'});
    }
    VolumeGrid grid = header.grid();
    boolean series = header.volumes() > 1;
    int[] sizes = {
      series ? 4 : 3, grid.width(), grid.height(), grid.depth(), header.volumes(), 1, 1, 1
    };
    for (int i = 0; i < sizes.length; i++) {
      if (first) {
        to.putShort(40 + 2 * i, (short) sizes[i]);
      } else {
        to.putLong(16 + 8 * i, sizes[i]);
      }
    }
    to.putShort(first ? 70 : 12, (short) TypeCode.of(header.type()));
    to.putShort(first ? 72 : 14, (short) (8 * header.type().bytes()));
    int dataOffset = header.pair() ? 0 : length + 4;
    if (first) {
      to.putFloat(108, dataOffset);
    } else {
      to.putLong(168, dataOffset);
    }
    number(to, first, 112, 176, 1);
    putGeometry(to, first, grid, header.intervalSeconds());
    return to.array();
  }

  private static void putGeometry(
      ByteBuffer to, boolean first, VolumeGrid grid, double intervalSeconds) {
    VoxelSpacing spacing = grid.spacing();
    boolean timed = !Double.isNaN(intervalSeconds);
    int units = (spacing.isKnown() ? MILLIMETERS : 0) | (timed ? SECONDS : 0);
    if (first) {
      to.put(123, (byte) units);
    } else {
      to.putInt(500, units);
    }
    double flip = grid.affine().map(affine -> affine.determinant() < 0 ? -1 : 1).orElse(1);
    boolean known = spacing.isKnown();
    double[] pixdim = {
      flip,
      known ? spacing.x() : 0,
      known ? spacing.y() : 0,
      known ? spacing.z() : 0,
      timed ? intervalSeconds : 0
    };
    for (int i = 0; i < pixdim.length; i++) {
      number(to, first, 76 + 4 * i, 104 + 8 * i, pixdim[i]);
    }
    grid.affine().ifPresent(affine -> putAffine(to, first, affine));
  }

  /** The sform always, the qform where it can tell the same. */
  private static void putAffine(ByteBuffer to, boolean first, Affine affine) {
    code(to, first, 254, 348);
    double[] rows = affine.toArray();
    for (int i = 0; i < rows.length; i++) {
      number(to, first, 280 + 4 * i, 400 + 8 * i, rows[i]);
    }
    Quaternion.of(affine)
        .ifPresent(
            rotation -> {
              code(to, first, 252, 344);
              double[] qform = {
                rotation.b(), rotation.c(), rotation.d(), rows[3], rows[7], rows[11]
              };
              for (int i = 0; i < qform.length; i++) {
                number(to, first, 256 + 4 * i, 352 + 8 * i, qform[i]);
              }
            });
  }

  private static void code(ByteBuffer to, boolean first, int at1, int at2) {
    if (first) {
      to.putShort(at1, ALIGNED);
    } else {
      to.putInt(at2, ALIGNED);
    }
  }

  private static void number(ByteBuffer to, boolean first, int at1, int at2, double value) {
    if (first) {
      to.putFloat(at1, (float) value);
    } else {
      to.putDouble(at2, value);
    }
  }
}
