package io.github.brainimaging.core.io.internal.nifti;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.io.internal.volume.VolumeHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a header says that its voxels lie (nifti1.h, "3D image orientation and location in space"):
 * the sform if its code is positive, else the qform if its code is, else the spacing alone. A
 * matrix that is not finite or cannot be inverted counts as absent.
 */
final class HeaderGeometry {

  /** Part of a length by which two fields may differ without a word. */
  private static final double MOST_DOUBT = 0.01;

  private static final int METERS = 1;
  private static final int MICROMETERS = 3;
  private static final int SECONDS = 8;
  private static final int MILLISECONDS = 16;
  private static final int MICROSECONDS = 24;

  private HeaderGeometry() {}

  static VolumeGrid place(VolumeGrid size, HeaderFields header) {
    double mm = millimetersPerUnit(header);
    Optional<Affine> affine = sform(header, mm).or(() -> qform(header, mm));
    if (affine.isPresent()) {
      return size.withAffine(affine.get());
    }
    double x = mm * pixdim(header, 1);
    double y = mm * pixdim(header, 2);
    double z = mm * pixdim(header, 3);
    boolean known = isPositive(x) && isPositive(y) && isPositive(z);
    return known ? size.withSpacing(new VoxelSpacing(x, y, z)) : size;
  }

  /** What is doubtful about the place that was found. */
  static List<String> warnings(VolumeGrid grid, HeaderFields header) {
    if (grid.affine().isEmpty()) {
      boolean flat = grid.depth() == 1;
      return flat ? List.of() : List.of(VolumeHeader.UNKNOWN_PLACE);
    }
    List<String> all = new ArrayList<>();
    double[] sizes = {grid.spacing().x(), grid.spacing().y(), grid.spacing().z()};
    double mm = millimetersPerUnit(header);
    unit(header).ifPresent(all::add);
    Optional<Affine> sform = sform(header, mm);
    Optional<Affine> qform = qform(header, mm);
    if (sform.isEmpty() && header.sformCode() > 0) {
      all.add("the sform is no transform that can be inverted; the qform was taken");
    }
    if (sform.isPresent() && qform.isPresent()) {
      double apart = apart(grid, sform.get(), qform.get());
      if (apart > Math.max(sizes[0], Math.max(sizes[1], sizes[2]))) {
        all.add(
            String.format(
                Locale.ROOT,
                "the sform, which was taken, and the qform place a voxel up to %.3g mm apart",
                apart));
      }
    }
    for (int i = 1; i <= Math.min(3, header.dim(0)); i++) {
      double told = mm * pixdim(header, i);
      if (isPositive(told) && Math.abs(told - sizes[i - 1]) > MOST_DOUBT * told) {
        all.add(
            String.format(
                Locale.ROOT,
                "axis %d has voxels of %.3g mm by the affine, which was taken, and of %.3g mm by"
                    + " pixdim",
                i,
                sizes[i - 1],
                told));
        break;
      }
    }
    return all;
  }

  /** The largest distance between two places of one corner of the grid. */
  private static double apart(VolumeGrid grid, Affine one, Affine other) {
    double largest = 0;
    for (int corner = 0; corner < 8; corner++) {
      double x = (corner & 1) * (grid.width() - 1);
      double y = (corner >> 1 & 1) * (grid.height() - 1);
      double z = (corner >> 2) * (grid.depth() - 1);
      double square = 0;
      for (int row = 0; row < 3; row++) {
        double difference =
            x * (one.get(row, 0) - other.get(row, 0))
                + y * (one.get(row, 1) - other.get(row, 1))
                + z * (one.get(row, 2) - other.get(row, 2))
                + one.get(row, 3)
                - other.get(row, 3);
        square += difference * difference;
      }
      largest = Math.max(largest, Math.sqrt(square));
    }
    return largest;
  }

  /** A unit that is rarely meant: voxels of meters or micrometers come from a wrong code. */
  private static Optional<String> unit(HeaderFields header) {
    int unit = header.units() & 0x07;
    return switch (unit) {
      case 0, 2 -> Optional.empty();
      case METERS -> Optional.of("the header gives lengths in meters; they were converted to mm");
      case MICROMETERS ->
          Optional.of("the header gives lengths in micrometers; they were converted to mm");
      default -> Optional.of("the header's unit of length, " + unit + ", is unknown; mm was taken");
    };
  }

  /** Seconds from one volume to the next, NaN if the fourth axis is not one of known time. */
  static double intervalSeconds(HeaderFields header) {
    double unit =
        switch (header.units() & 0x38) {
          case SECONDS -> 1;
          case MILLISECONDS -> 1e-3;
          case MICROSECONDS -> 1e-6;
          default -> Double.NaN;
        };
    double seconds = unit * header.pixdim(4);
    return isPositive(seconds) ? seconds : Double.NaN;
  }

  /** Files that tell no unit are in millimeters, as every other reader takes them. */
  private static double millimetersPerUnit(HeaderFields header) {
    return switch (header.units() & 0x07) {
      case METERS -> 1000;
      case MICROMETERS -> 1e-3;
      default -> 1;
    };
  }

  /** Of an axis that a flat image does not have, 0 is common and counts as 1. */
  private static double pixdim(HeaderFields header, int i) {
    double value = Math.abs(header.pixdim(i));
    return value == 0 && i > header.dim(0) ? 1 : value;
  }

  private static boolean isPositive(double value) {
    return value > 0 && value < Double.POSITIVE_INFINITY;
  }

  private static Optional<Affine> affine(double[] rows, double mm) {
    for (int i = 0; i < rows.length; i++) {
      rows[i] *= mm;
    }
    return Affine.isInvertible(rows) ? Optional.of(Affine.of(rows)) : Optional.empty();
  }

  private static Optional<Affine> sform(HeaderFields header, double mm) {
    return header.sformCode() > 0 ? affine(sform(header), mm) : Optional.empty();
  }

  private static Optional<Affine> qform(HeaderFields header, double mm) {
    return header.qformCode() > 0 ? affine(qform(header), mm) : Optional.empty();
  }

  private static double[] sform(HeaderFields header) {
    double[] rows = new double[12];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = header.sform(i);
    }
    return rows;
  }

  /** As {@code nifti_quatern_to_mat44} of the reference library. */
  private static double[] qform(HeaderFields header) {
    double b = header.qform(0);
    double c = header.qform(1);
    double d = header.qform(2);
    double a = 1 - (b * b + c * c + d * d);
    if (a < 1e-7) {
      // A half turn: the first part is 0 but for rounding.
      double length = Math.sqrt(b * b + c * c + d * d);
      b /= length;
      c /= length;
      d /= length;
      a = 0;
    } else {
      a = Math.sqrt(a);
    }
    double x = pixdim(header, 1);
    double y = pixdim(header, 2);
    double z = header.pixdim(0) < 0 ? -pixdim(header, 3) : pixdim(header, 3);
    return new double[] {
      (a * a + b * b - c * c - d * d) * x,
      2 * (b * c - a * d) * y,
      2 * (b * d + a * c) * z,
      header.qform(3),
      2 * (b * c + a * d) * x,
      (a * a + c * c - b * b - d * d) * y,
      2 * (c * d - a * b) * z,
      header.qform(4),
      2 * (b * d - a * c) * x,
      2 * (c * d + a * b) * y,
      (a * a + d * d - b * b - c * c) * z,
      header.qform(5)
    };
  }
}
