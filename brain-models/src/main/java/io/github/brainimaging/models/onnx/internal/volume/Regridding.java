package io.github.brainimaging.models.onnx.internal.volume;

import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.models.card.VolumeCard;
import io.github.brainimaging.models.card.VolumeCard.Convention;
import java.util.Arrays;

/**
 * From the voxels of a volume to those of a network and back, as the network's program does it; the
 * axes stay parallel.
 *
 * @param from the grid of the volume, of known affine
 * @param to the network's grid
 * @param convention whose steps are followed
 */
record Regridding(VolumeGrid from, VolumeGrid to, Convention convention) {

  /** Axes of so many times larger voxels are resampled by themselves (nnU-Net). */
  private static final double ANISOTROPIC = 3;

  /** A spline no longer feels what is further away; SciPy's zoom repeats as many border voxels. */
  private static final int SPLINE_MARGIN = 12;

  /** Spacings that differ by less, in mm, are the same. */
  private static final double SAME_MM = 1e-3;

  /** Rounding must not put the last voxel outside. */
  private static final double TOLERANCE = 1e-6;

  static Regridding of(VolumeGrid from, VolumeCard card) {
    if (card.convention() == Convention.WHOLE) {
      return of(from, card.patch().stream().mapToInt(Integer::intValue).toArray(), card);
    }
    double[] old = mm(from.spacing());
    double[] mm = mm(card.spacing());
    int[] size = size(from);
    int[] newSize = new int[3];
    for (int i = 0; i < 3; i++) {
      double ratio = old[i] / mm[i];
      newSize[i] =
          (int)
              Math.max(
                  1,
                  switch (card.convention()) {
                    case NNUNET, WHOLE -> Math.rint(ratio * size[i]);
                    case MONAI -> Math.rint((size[i] - 1) * ratio + 1);
                    case RAIDIONICS -> Math.ceil((size[i] - 1) * ratio - TOLERANCE) + 1;
                  });
    }
    return of(from, newSize, card);
  }

  private static Regridding of(VolumeGrid from, int[] newSize, VolumeCard card) {
    int[] size = size(from);
    double[] old = mm(from.spacing());
    double[] mm = mm(card.spacing());
    double[] rows = new double[12];
    for (int i = 0; i < 3; i++) {
      boolean sameBox = fillsTheBox(card.convention());
      double step = sameBox ? (double) size[i] / newSize[i] : mm[i] / old[i];
      rows[5 * i] = step;
      rows[4 * i + 3] = sameBox ? (step - 1) / 2 : 0;
    }
    Affine affine = Affine.of(rows).then(from.requireAffine());
    return new Regridding(
        from,
        VolumeGrid.ofSize(newSize[0], newSize[1], newSize[2]).withAffine(affine),
        card.convention());
  }

  private static boolean fillsTheBox(Convention convention) {
    return convention == Convention.NNUNET || convention == Convention.WHOLE;
  }

  /** Whether there is anything to do. */
  boolean changes() {
    return !Arrays.equals(size(from), size(to))
        || (!fillsTheBox(convention) && !same(from.spacing(), to.spacing()));
  }

  private static boolean same(VoxelSpacing a, VoxelSpacing b) {
    return Math.abs(a.x() - b.x()) < SAME_MM
        && Math.abs(a.y() - b.y()) < SAME_MM
        && Math.abs(a.z() - b.z()) < SAME_MM;
  }

  /** The samples of a volume at the network's voxels. */
  float[] toNetwork(MedicalVolume volume, Resample.Method method) {
    int[] sizes = size(from);
    int[] newSizes = size(to);
    int margin = SPLINE_MARGIN;
    if (method != Resample.Method.CUBIC) {
      margin = 1;
      for (int i = 0; i < 3; i++) {
        margin = Math.max(margin, (int) Math.ceil((double) sizes[i] / newSizes[i]));
      }
    }
    float[] result = resampled(repeated(volume, margin), to, method);
    if (convention == Convention.RAIDIONICS) {
      clearBeyond(result);
    }
    return result;
  }

  /** The samples of a volume at the voxels of another grid; the axes are parallel. */
  float[] resampled(MedicalVolume volume, VolumeGrid target, Resample.Method method) {
    int apart = axisApart();
    if (apart < 0 || method == Resample.Method.NEAREST) {
      float[] result = Resample.toGrid(target).withInterpolation(method).apply(volume).samples();
      if (method == Resample.Method.CUBIC && convention == Convention.NNUNET) {
        clip(result, target, volume, -1);
      }
      return result;
    }
    VolumeGrid source = volume.grid();
    Affine map = target.requireAffine().then(source.requireAffine().inverse());
    int[] size = size(target);
    size[apart] = size(source)[apart];
    double[] rows = new double[12];
    for (int i = 0; i < 3; i++) {
      rows[5 * i] = i == apart ? 1 : map.get(i, i);
      rows[4 * i + 3] = i == apart ? 0 : map.get(i, 3);
    }
    VolumeGrid inPlane =
        VolumeGrid.ofSize(size[0], size[1], size[2])
            .withAffine(Affine.of(rows).then(source.requireAffine()));
    float[] between = Resample.toGrid(inPlane).withInterpolation(method).apply(volume).samples();
    if (method == Resample.Method.CUBIC) {
      clip(between, inPlane, volume, apart);
    }
    return Resample.toGrid(target)
        .withInterpolation(Resample.Method.NEAREST)
        .apply(volume.wrapVoxels(inPlane, between))
        .samples();
  }

  /** The axis that nnU-Net resamples by the nearest voxel, or -1. */
  private int axisApart() {
    if (convention != Convention.NNUNET) {
      return -1;
    }
    double[] mm = mm(from.spacing());
    if (!isAnisotropic(mm)) {
      mm = mm(to.spacing());
    }
    if (!isAnisotropic(mm)) {
      return -1;
    }
    double largest = Arrays.stream(mm).max().orElseThrow();
    int found = -1;
    for (int i = 0; i < 3; i++) {
      if (mm[i] > largest - TOLERANCE) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  private static boolean isAnisotropic(double[] mm) {
    return Arrays.stream(mm).max().orElseThrow() / Arrays.stream(mm).min().orElseThrow()
        > ANISOTROPIC;
  }

  /** The volume with its border voxels repeated around it. */
  private static MedicalVolume repeated(MedicalVolume volume, int margin) {
    VolumeGrid grid = volume.grid();
    float[] samples = volume.samples();
    VolumeGrid larger =
        VolumeGrid.ofSize(
                grid.width() + 2 * margin, grid.height() + 2 * margin, grid.depth() + 2 * margin)
            .withAffine(Affine.translation(-margin, -margin, -margin).then(grid.requireAffine()));
    float[] result = new float[larger.voxels()];
    int at = 0;
    for (int z = 0; z < larger.depth(); z++) {
      int slice = within(z - margin, grid.depth()) * grid.height();
      for (int y = 0; y < larger.height(); y++) {
        int row = (slice + within(y - margin, grid.height())) * grid.width();
        for (int x = 0; x < larger.width(); x++) {
          result[at++] = samples[row + within(x - margin, grid.width())];
        }
      }
    }
    return MedicalVolume.wrap(larger, 1, result);
  }

  private static int within(int i, int size) {
    return Math.min(Math.max(i, 0), size - 1);
  }

  /** To the range of the old samples, or of the old slice across an axis, as scikit-image does. */
  private static void clip(float[] result, VolumeGrid grid, MedicalVolume volume, int axis) {
    int slices = axis < 0 ? 1 : size(grid)[axis];
    float[] low = new float[slices];
    float[] high = new float[slices];
    Arrays.fill(low, Float.POSITIVE_INFINITY);
    Arrays.fill(high, Float.NEGATIVE_INFINITY);
    float[] samples = volume.samples();
    for (int i = 0; i < samples.length; i++) {
      int slice = axis < 0 ? 0 : place(volume.grid(), i, axis);
      low[slice] = Math.min(low[slice], samples[i]);
      high[slice] = Math.max(high[slice], samples[i]);
    }
    for (int i = 0; i < result.length; i++) {
      int slice = axis < 0 ? 0 : place(grid, i, axis);
      result[i] = Math.min(Math.max(result[i], low[slice]), high[slice]);
    }
  }

  private static int place(VolumeGrid grid, int i, int axis) {
    return switch (axis) {
      case 0 -> i % grid.width();
      case 1 -> i / grid.width() % grid.height();
      default -> i / grid.width() / grid.height();
    };
  }

  private void clearBeyond(float[] result) {
    Affine map = to.requireAffine().then(from.requireAffine().inverse());
    for (int i = 0; i < result.length; i++) {
      double[] at = map.apply(place(to, i, 0), place(to, i, 1), place(to, i, 2));
      if (at[0] > from.width() - 1 + TOLERANCE
          || at[1] > from.height() - 1 + TOLERANCE
          || at[2] > from.depth() - 1 + TOLERANCE) {
        result[i] = 0;
      }
    }
  }

  private static int[] size(VolumeGrid grid) {
    return new int[] {grid.width(), grid.height(), grid.depth()};
  }

  private static double[] mm(VoxelSpacing spacing) {
    return new double[] {spacing.x(), spacing.y(), spacing.z()};
  }
}
