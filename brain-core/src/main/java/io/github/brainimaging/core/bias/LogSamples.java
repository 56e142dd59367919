package io.github.brainimaging.core.bias;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.transform.ForegroundThreshold;
import org.jspecify.annotations.Nullable;

/** The logarithms of the voxels that are looked at, on a coarser grid. */
final class LogSamples {

  private final VolumeGrid grid;
  private final int[] steps;
  private final int width;
  private final int height;
  private final int depth;
  private final double[] counting;
  private final double[] logs;

  private LogSamples(VolumeGrid grid, int[] steps) {
    this.grid = grid;
    this.steps = steps;
    this.width = (grid.width() + steps[0] - 1) / steps[0];
    this.height = (grid.height() + steps[1] - 1) / steps[1];
    this.depth = (grid.depth() + steps[2] - 1) / steps[2];
    this.counting = new double[width * height * depth];
    this.logs = new double[counting.length];
  }

  static LogSamples of(
      VolumeGrid grid, float[] samples, boolean @Nullable [] mask, int shrinkFactor) {
    LogSamples chosen = new LogSamples(grid, steps(grid, shrinkFactor));
    int[] voxels = chosen.voxels();
    float[] values = new float[voxels.length];
    for (int i = 0; i < voxels.length; i++) {
      values[i] = samples[voxels[i]];
    }
    double threshold = mask == null ? foreground(values) : 0;
    for (int i = 0; i < voxels.length; i++) {
      boolean inside = mask == null ? values[i] > threshold : mask[voxels[i]];
      if (inside && values[i] > 0 && values[i] < Float.POSITIVE_INFINITY) {
        chosen.counting[i] = 1;
        chosen.logs[i] = Math.log(values[i]);
      }
    }
    return chosen;
  }

  private static double foreground(float[] values) {
    return ForegroundThreshold.value(MedicalImage.wrap(values.length, 1, 1, values));
  }

  /** The shrink factor in the finest direction, less where the spacing is larger. */
  private static int[] steps(VolumeGrid grid, int shrinkFactor) {
    VoxelSpacing spacing = grid.spacing();
    if (!spacing.isKnown()) {
      return new int[] {shrinkFactor, shrinkFactor, shrinkFactor};
    }
    double finest = Math.min(spacing.x(), Math.min(spacing.y(), spacing.z()));
    return new int[] {
      (int) Math.max(1, Math.round(shrinkFactor * finest / spacing.x())),
      (int) Math.max(1, Math.round(shrinkFactor * finest / spacing.y())),
      (int) Math.max(1, Math.round(shrinkFactor * finest / spacing.z()))
    };
  }

  private int[] voxels() {
    int[] voxels = new int[counting.length];
    int i = 0;
    for (int c = 0; c < depth; c++) {
      int slice = SplineAxis.voxel(c, grid.depth(), steps[2]) * grid.height();
      for (int b = 0; b < height; b++) {
        int row = (slice + SplineAxis.voxel(b, grid.height(), steps[1])) * grid.width();
        for (int a = 0; a < width; a++) {
          voxels[i++] = row + SplineAxis.voxel(a, grid.width(), steps[0]);
        }
      }
    }
    return voxels;
  }

  VolumeGrid grid() {
    return grid;
  }

  SplineLattice lattice(SplineMesh mesh) {
    return new SplineLattice(
        SplineAxis.of(mesh.x(), grid.width(), steps[0]),
        SplineAxis.of(mesh.y(), grid.height(), steps[1]),
        SplineAxis.of(mesh.z(), grid.depth(), steps[2]));
  }

  /** 1 for a voxel that counts, 0 for another. */
  double[] counting() {
    return counting;
  }

  /** 0 where a voxel does not count. */
  double[] logs() {
    return logs;
  }
}
