package io.github.brainimaging.models.stripping;

import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import java.util.Arrays;

/**
 * A head as the network sees it: 128 x 128 x 128 cubes of 2 mm, columns to the right, rows to the
 * front and slices upwards where that is known, the vertex always at the same height, and gray
 * values from 0 to 1. What lies far below the vertex is neck, and left out.
 *
 * @param values slice after slice, row after row; 0 where nothing was seen
 * @param grid where the cubes lie in the space of {@link #placed}
 */
@SuppressWarnings("ArrayRecordComponent") // shared within the package, never compared
record HeadGrid(float[] values, VolumeGrid grid) {

  static final int SIDE = 128;
  static final double STEP_MM = 2;

  /** How far below the vertex the brain of a person has ended. */
  private static final double BRAIN_HEIGHT_MM = 170;

  /** What lies so far below the vertex has brain on most sides. */
  private static final double UPPER_MM = 100;

  private static final double ABOVE_VERTEX_MM = 8;

  /** The finding of the head works on cubes of this size. */
  private static final double COARSE_MM = 4;

  /** The least area of a slice through the head, so that no speck of noise is the vertex. */
  private static final double VERTEX_MM2 = 1500;

  /** What a head of unknown spacing measures, as the mean of its two larger extents. */
  private static final double HEAD_MM = 200;

  private static final double CONTENT_LEVEL = 0.1;

  /** Where the brightest percent of the head lies; scalp and fluid may be brighter. */
  private static final double BRIGHT = 0.8;

  static HeadGrid of(MedicalVolume volume) {
    MedicalVolume placed = placed(volume);
    double[][] corners = extent(placed.grid());
    double[] middle = new double[3];
    int[] size = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      middle[axis] = (corners[0][axis] + corners[1][axis]) / 2;
      size[axis] = (int) Math.ceil((corners[1][axis] - corners[0][axis]) / COARSE_MM) + 1;
    }
    VolumeGrid coarse = grid(size, COARSE_MM, middle);
    float[] rough = on(coarse, placed);
    double[] scale = scale(rough);
    boolean isUpright = volume.affine().isPresent();
    double[][] content = content(coarse, rough, scale, isUpright);
    double[] center = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      center[axis] = (content[0][axis] + content[1][axis]) / 2;
    }
    double top = content[1][2] + ABOVE_VERTEX_MM;
    double bottom = content[1][2] - BRAIN_HEIGHT_MM;
    if (isUpright) {
      center[2] = (top + bottom) / 2;
    }
    VolumeGrid fine = grid(new int[] {SIDE, SIDE, SIDE}, STEP_MM, center);
    float[] values = on(fine, placed);
    if (isUpright) {
      int below = (int) Math.ceil((bottom - center[2]) / STEP_MM + (SIDE - 1) / 2.0);
      Arrays.fill(values, 0, Math.max(0, below) * SIDE * SIDE, Float.NaN);
    }
    int face = (int) Math.ceil((content[1][2] - UPPER_MM - center[2]) / STEP_MM + (SIDE - 1) / 2.0);
    normalize(values, isUpright ? Math.max(0, face) : 0);
    return new HeadGrid(values, fine);
  }

  /** The volume with an affine: its own, else one made of its spacing. */
  static MedicalVolume placed(MedicalVolume volume) {
    if (volume.affine().isPresent()) {
      return volume;
    }
    VoxelSpacing step = volume.spacing();
    double x = step.isKnown() ? step.x() : 1;
    double y = step.isKnown() ? step.y() : 1;
    double z = step.isKnown() ? step.z() : 1;
    if (!step.isKnown()) {
      int[] sides = {volume.width(), volume.height(), volume.depth()};
      Arrays.sort(sides);
      x = HEAD_MM / ((sides[1] + sides[2]) / 2.0);
      y = x;
      z = x;
    }
    return volume.wrapVoxels(
        VolumeGrid.ofSize(volume.width(), volume.height(), volume.depth())
            .withAffine(Affine.scaling(x, y, z)),
        volume.samples());
  }

  private static double[][] extent(VolumeGrid grid) {
    Affine affine = grid.requireAffine();
    double[][] ends = {new double[3], new double[3]};
    Arrays.fill(ends[0], Double.POSITIVE_INFINITY);
    Arrays.fill(ends[1], Double.NEGATIVE_INFINITY);
    for (int corner = 0; corner < 8; corner++) {
      double[] at =
          affine.apply(
              (corner & 1) * (grid.width() - 1),
              (corner >> 1 & 1) * (grid.height() - 1),
              (corner >> 2) * (grid.depth() - 1));
      for (int axis = 0; axis < 3; axis++) {
        ends[0][axis] = Math.min(ends[0][axis], at[axis]);
        ends[1][axis] = Math.max(ends[1][axis], at[axis]);
      }
    }
    return ends;
  }

  private static VolumeGrid grid(int[] size, double step, double[] middle) {
    double[] rows = new double[12];
    for (int axis = 0; axis < 3; axis++) {
      rows[5 * axis] = step;
      rows[4 * axis + 3] = middle[axis] - step * (size[axis] - 1) / 2;
    }
    return VolumeGrid.ofSize(size[0], size[1], size[2]).withAffine(Affine.of(rows));
  }

  /** The samples there; NaN outside of the volume. */
  private static float[] on(VolumeGrid grid, MedicalVolume volume) {
    return Resample.toGrid(grid).withFill(Float.NaN).apply(volume).samples();
  }

  /** Background and bright tissue. */
  private static double[] scale(float[] values) {
    double[] ends = Percentiles.values(values, 1, 98);
    float level = (float) (ends[0] + CONTENT_LEVEL * (ends[1] - ends[0]));
    float[] above = new float[values.length];
    int n = 0;
    for (float v : values) {
      if (v > level && v < Float.POSITIVE_INFINITY) {
        above[n++] = v;
      }
    }
    double bright = n == 0 ? ends[1] : Percentiles.values(Arrays.copyOf(above, n), 99)[0];
    return new double[] {ends[0], bright};
  }

  /** By what lies above a slice: face and neck may be several times as bright as the brain. */
  private static void normalize(float[] values, int from) {
    double[] scale = scale(Arrays.copyOfRange(values, from * SIDE * SIDE, values.length));
    double range = scale[1] - scale[0];
    for (int i = 0; i < values.length; i++) {
      double v = range > 0 ? BRIGHT * (values[i] - scale[0]) / range : 0;
      // NaN is outside of the volume, or no finite sample.
      values[i] = v > 0 ? (float) Math.min(1, v) : 0;
    }
  }

  /** The box of what is no background; of an upright head without what lies below the brain. */
  private static double[][] content(
      VolumeGrid grid, float[] values, double[] scale, boolean isUpright) {
    float level = (float) (scale[0] + CONTENT_LEVEL * (scale[1] - scale[0]));
    int area = grid.width() * grid.height();
    int least = (int) (VERTEX_MM2 / (COARSE_MM * COARSE_MM));
    int[] counts = new int[grid.depth()];
    int vertex = -1;
    for (int z = 0; z < grid.depth(); z++) {
      for (int i = z * area; i < (z + 1) * area; i++) {
        counts[z] += values[i] > level ? 1 : 0;
      }
      vertex = counts[z] >= least ? z : vertex;
    }
    if (vertex < 0) {
      return extent(grid);
    }
    int lowest = isUpright ? Math.max(0, vertex - (int) (BRAIN_HEIGHT_MM / COARSE_MM)) : 0;
    int[] columns = new int[grid.width()];
    int[] rows = new int[grid.height()];
    for (int z = lowest; z <= vertex; z++) {
      for (int i = 0; i < area; i++) {
        if (values[z * area + i] > level) {
          columns[i % grid.width()]++;
          rows[i / grid.width()]++;
        }
      }
    }
    int[] x = ends(columns);
    int[] y = ends(rows);
    int[] z = ends(Arrays.copyOfRange(counts, lowest, vertex + 1));
    Affine affine = grid.requireAffine();
    return new double[][] {
      affine.apply(x[0], y[0], lowest + z[0]), affine.apply(x[1], y[1], vertex)
    };
  }

  /** The first and the last place with more than a fortieth of the most crowded one's voxels. */
  private static int[] ends(int[] counts) {
    int least = Arrays.stream(counts).max().orElse(0) / 40;
    int first = 0;
    int last = counts.length - 1;
    while (first < last && counts[first] <= least) {
      first++;
    }
    while (last > first && counts[last] <= least) {
      last--;
    }
    return new int[] {first, last};
  }
}
