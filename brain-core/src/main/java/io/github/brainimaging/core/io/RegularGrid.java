package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.internal.Heap;
import io.github.brainimaging.core.io.internal.dicom.stack.DicomStack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Resamples a stack whose slices lie at known distances along their normal, and perhaps sheared
 * against each other, on a grid with axes at right angles and equal distances.
 */
final class RegularGrid {

  private final MedicalVolume volume;
  private final double[] offsets;
  private final double spacing;

  /** How far the stack moves to the right and down per mm along the normal, in pixels. */
  private final double right;

  private final double down;

  private RegularGrid(MedicalVolume volume, double[] offsets, double spacing) {
    this.volume = volume;
    this.offsets = offsets;
    this.spacing = spacing;
    Affine affine = volume.grid().requireAffine();
    double perSlice = offsets[offsets.length - 1] / (offsets.length - 1);
    this.right = along(affine, 0) / perSlice;
    this.down = along(affine, 1) / perSlice;
  }

  /**
   * Resamples a volume where it needs it, and warns that it did.
   *
   * @param volume a volume of the stack, whose affine is right at its first and last slice
   * @param stack the stack
   */
  static MedicalVolume apply(MedicalVolume volume, DicomStack stack) throws IOException {
    if (stack.isRegular() || volume.affine().isEmpty()) {
      return volume;
    }
    List<String> warnings = new ArrayList<>(volume.warnings());
    warnings.add(
        String.format(
            Locale.ROOT,
            "the slices were resampled on a grid at right angles, %.3g mm apart",
            stack.sliceSpacing()));
    return new RegularGrid(volume, stack.offsets(), stack.sliceSpacing())
        .run()
        .withWarnings(warnings);
  }

  /** The part of the slice axis along another axis, in steps of that axis. */
  private static double along(Affine affine, int axis) {
    double product = 0;
    double length = 0;
    for (int row = 0; row < 3; row++) {
      product += affine.get(row, axis) * affine.get(row, 2);
      length += affine.get(row, axis) * affine.get(row, axis);
    }
    return product / length;
  }

  private MedicalVolume run() throws IOException {
    double end = offsets[offsets.length - 1];
    int depth = (int) Math.min(1 << 20, Math.floor(end / spacing + 1.001));
    int moreColumns = (int) Math.min(1 << 20, Math.ceil(Math.abs(right * end) - 1e-3));
    int moreRows = (int) Math.min(1 << 20, Math.ceil(Math.abs(down * end) - 1e-3));
    int left = right < 0 ? moreColumns : 0;
    int above = down < 0 ? moreRows : 0;
    int width = volume.width() + moreColumns;
    int height = volume.height() + moreRows;
    String size = width + " x " + height + " x " + depth + " voxels of the regular grid";
    double needed = (double) width * height * depth * volume.channels();
    Heap.require(size, (long) needed, 2 * Float.BYTES);
    if (needed > 1 << 29) {
      throw new IOException("found " + size + ", more than an array can hold");
    }
    float[] samples = new float[(int) needed];
    Arrays.fill(samples, volume.range()[0]);
    for (int z = 0; z < depth; z++) {
      double offset = Math.min(end, z * spacing);
      int next = 1;
      while (next < offsets.length - 1 && offsets[next] < offset) {
        next++;
      }
      double part = (offset - offsets[next - 1]) / (offsets[next] - offsets[next - 1]);
      for (int c = 0; c < volume.channels(); c++) {
        int to = (c * depth + z) * width * height;
        float[] before = moved(next - 1, c, width, height, left, above);
        float[] after = part > 0 ? moved(next, c, width, height, left, above) : before;
        for (int i = 0; i < width * height; i++) {
          float value = (float) (before[i] + part * (after[i] - before[i]));
          samples[to + i] = Float.isNaN(value) ? samples[to + i] : value;
        }
      }
    }
    VolumeGrid grid = VolumeGrid.ofSize(width, height, depth).withAffine(affine(left, above));
    return volume.wrapVoxels(grid, samples);
  }

  /** One slice where it belongs in the larger plane; NaN where it does not reach. */
  private float[] moved(int z, int channel, int width, int height, int left, int above) {
    float[] slice = new float[volume.channels() * volume.width() * volume.height()];
    volume.copySliceTo(z, slice, 0);
    int from = channel * volume.width() * volume.height();
    double dx = left + right * offsets[z];
    double dy = above + down * offsets[z];
    float[] plane = new float[width * height];
    for (int i = 0; i < plane.length; i++) {
      double u = i % width - dx;
      int row = i / width;
      double v = row - dy;
      boolean covered = u > -1 && v > -1 && u < volume.width() && v < volume.height();
      plane[i] = covered ? interpolate(slice, from, u, v) : Float.NaN;
    }
    return plane;
  }

  /** Linear between four pixels; the border repeats. */
  private float interpolate(float[] slice, int from, double u, double v) {
    int x = (int) Math.floor(u);
    int y = (int) Math.floor(v);
    double a = u - x;
    double b = v - y;
    double above = (1 - a) * at(slice, from, x, y) + a * at(slice, from, x + 1, y);
    double below = (1 - a) * at(slice, from, x, y + 1) + a * at(slice, from, x + 1, y + 1);
    return (float) ((1 - b) * above + b * below);
  }

  private float at(float[] slice, int from, int x, int y) {
    int column = Math.max(0, Math.min(volume.width() - 1, x));
    int row = Math.max(0, Math.min(volume.height() - 1, y));
    return slice[from + row * volume.width() + column];
  }

  private Affine affine(int left, int above) {
    Affine old = volume.grid().requireAffine();
    double perSlice = offsets[offsets.length - 1] / (offsets.length - 1);
    double[] rows = old.toArray();
    for (int i = 0; i < 12; i += 4) {
      double step = rows[i + 2] / perSlice - right * rows[i] - down * rows[i + 1];
      rows[i + 3] -= left * rows[i] + above * rows[i + 1];
      rows[i + 2] = step * spacing;
    }
    return Affine.of(rows);
  }
}
