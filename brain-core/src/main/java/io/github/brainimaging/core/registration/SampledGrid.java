package io.github.brainimaging.core.registration;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.internal.Arguments;

/** Samples on a grid as a function of voxel coordinates; a slice is a grid of depth 1. */
final class SampledGrid {

  private static final double LOW_PERCENTILE = 0.5;
  private static final double HIGH_PERCENTILE = 99.5;
  private static final double EVEN = 1.5;
  private static final int SMALLEST_SIDE = 16;

  private final int width;
  private final int height;
  private final int depth;
  private final float[] samples;
  private final Affine toMm;

  private SampledGrid(int width, int height, int depth, float[] samples, Affine toMm) {
    this.width = width;
    this.height = height;
    this.depth = depth;
    this.samples = samples;
    this.toMm = toMm;
  }

  static SampledGrid of(VolumeGrid grid, float[] samples, Affine toMm) {
    return new SampledGrid(grid.width(), grid.height(), grid.depth(), samples, toMm);
  }

  /** By the affine if it is to be used, else by the spacing if it is known, else voxels. */
  static Affine toMm(VolumeGrid grid, boolean useAffine) {
    if (useAffine) {
      return grid.requireAffine();
    }
    VoxelSpacing spacing = grid.spacing();
    return spacing.isKnown()
        ? Affine.scaling(spacing.x(), spacing.y(), spacing.z())
        : Affine.identity();
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int depth() {
    return depth;
  }

  float[] samples() {
    return samples;
  }

  Affine toMm() {
    return toMm;
  }

  /** In the unit of its affine. */
  double volume() {
    VoxelSpacing spacing = toMm.spacing();
    return spacing.x() * spacing.y() * spacing.z() * width * height * depth;
  }

  boolean isSlice() {
    return depth == 1;
  }

  /** Samples from their 0.5th to their 99.5th percentile mapped to 0 to {@code levels - 1}. */
  SampledGrid inLevels(String name, int levels) {
    double[] range = Percentiles.values(samples, LOW_PERCENTILE, HIGH_PERCENTILE);
    Arguments.require(
        !Double.isNaN(range[0]), "%s must hold finite samples, got none that is a number", name);
    Arguments.require(
        range[1] > range[0], "%s must not be constant, got %s everywhere", name, range[0]);
    float[] scaled = new float[samples.length];
    for (int i = 0; i < scaled.length; i++) {
      double share = (samples[i] - range[0]) / (range[1] - range[0]);
      scaled[i] = (float) ((levels - 1) * Math.min(Math.max(share, 0), 1));
    }
    return new SampledGrid(width, height, depth, scaled, toMm);
  }

  /** The sample where a map of three rows takes a place. */
  double at(double[] m, double x, double y, double z) {
    return at(
        m[0] * x + m[1] * y + m[2] * z + m[3],
        m[4] * x + m[5] * y + m[6] * z + m[7],
        m[8] * x + m[9] * y + m[10] * z + m[11]);
  }

  /** The linearly interpolated sample; NaN beyond half a voxel from the outermost ones. */
  double at(double x, double y, double z) {
    if (!(x >= -0.5 && y >= -0.5 && z >= -0.5)
        || !(x <= width - 0.5 && y <= height - 0.5 && z <= depth - 0.5)) {
      return Double.NaN;
    }
    double column = Math.min(Math.max(x, 0), width - 1.0);
    double row = Math.min(Math.max(y, 0), height - 1.0);
    double slice = Math.min(Math.max(z, 0), depth - 1.0);
    int x0 = (int) column;
    int y0 = (int) row;
    int z0 = (int) slice;
    int toRight = x0 + 1 < width ? 1 : 0;
    int toNextRow = y0 + 1 < height ? width : 0;
    int i = (z0 * height + y0) * width + x0;
    double near = inSlice(i, toRight, toNextRow, column - x0, row - y0);
    if (z0 + 1 >= depth) {
      return near;
    }
    double far = inSlice(i + width * height, toRight, toNextRow, column - x0, row - y0);
    return near + (slice - z0) * (far - near);
  }

  private double inSlice(int i, int toRight, int toNextRow, double fx, double fy) {
    double upper = samples[i] + fx * (samples[i + toRight] - samples[i]);
    int j = i + toNextRow;
    double lower = samples[j] + fx * (samples[j + toRight] - samples[j]);
    return upper + fy * (lower - upper);
  }

  /** Whether {@link #halved} would leave it as it is. */
  boolean isHalvedWhole() {
    VoxelSpacing spacing = toMm.spacing();
    double finest = finest();
    return step(width, spacing.x(), finest) == 1
        && step(height, spacing.y(), finest) == 1
        && step(depth, spacing.z(), finest) == 1;
  }

  /** The shortest side of a voxel, of a slice within it, in the unit of the affine. */
  double finest() {
    VoxelSpacing spacing = toMm.spacing();
    double inSlice = Math.min(spacing.x(), spacing.y());
    return isSlice() ? inSlice : Math.min(inSlice, spacing.z());
  }

  /** Half the resolution, by means, on the axes whose spacing is about the finest. */
  SampledGrid halved() {
    VoxelSpacing spacing = toMm.spacing();
    double finest = finest();
    int stepX = step(width, spacing.x(), finest);
    int stepY = step(height, spacing.y(), finest);
    int stepZ = step(depth, spacing.z(), finest);
    int newWidth = width / stepX;
    int newHeight = height / stepY;
    int newDepth = depth / stepZ;
    float[] means = new float[newWidth * newHeight * newDepth];
    for (int z = 0, i = 0; z < newDepth; z++) {
      for (int y = 0; y < newHeight; y++) {
        for (int x = 0; x < newWidth; x++) {
          means[i++] = mean(x * stepX, y * stepY, z * stepZ, stepX, stepY, stepZ);
        }
      }
    }
    Affine coarseToFine =
        Affine.scaling(stepX, stepY, stepZ)
            .then(Affine.translation((stepX - 1) / 2.0, (stepY - 1) / 2.0, (stepZ - 1) / 2.0));
    return new SampledGrid(newWidth, newHeight, newDepth, means, coarseToFine.then(toMm));
  }

  private static int step(int size, double spacing, double finest) {
    return size >= 2 * SMALLEST_SIDE && spacing < EVEN * finest ? 2 : 1;
  }

  private float mean(int x0, int y0, int z0, int stepX, int stepY, int stepZ) {
    double sum = 0;
    for (int z = z0; z < z0 + stepZ; z++) {
      for (int y = y0; y < y0 + stepY; y++) {
        for (int x = x0; x < x0 + stepX; x++) {
          sum += samples[(z * height + y) * width + x];
        }
      }
    }
    return (float) (sum / (stepX * stepY * stepZ));
  }
}
