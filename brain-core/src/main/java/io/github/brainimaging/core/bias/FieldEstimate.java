package io.github.brainimaging.core.bias;

import io.github.brainimaging.core.image.VolumeGrid;
import java.util.List;

/**
 * The logarithm of a field, as a sum of splines.
 *
 * @param levels the meshes with their control points
 * @param shift what is added everywhere, so that the brightness stays
 * @param iterations number of iterations that it took
 */
record FieldEstimate(List<Level> levels, double shift, int iterations) {

  /** One mesh with its control points. */
  static final class Level {
    private final SplineMesh mesh;
    private final double[] points;

    Level(SplineMesh mesh, double[] points) {
      this.mesh = mesh;
      this.points = points;
    }
  }

  /** The field at every voxel. */
  float[] field(VolumeGrid grid) {
    int pixels = grid.width() * grid.height();
    float[] field = new float[grid.voxels()];
    List<SplineLattice> lattices = levels.stream().map(level -> lattice(grid, level.mesh)).toList();
    for (int z = 0; z < grid.depth(); z++) {
      double[] logs = new double[pixels];
      for (int i = 0; i < levels.size(); i++) {
        lattices.get(i).addSlice(levels.get(i).points, z, logs, 0);
      }
      for (int i = 0; i < pixels; i++) {
        field[z * pixels + i] = (float) Math.exp(logs[i] + shift);
      }
    }
    return field;
  }

  private static SplineLattice lattice(VolumeGrid grid, SplineMesh mesh) {
    return new SplineLattice(
        SplineAxis.of(mesh.x(), grid.width(), 1),
        SplineAxis.of(mesh.y(), grid.height(), 1),
        SplineAxis.of(mesh.z(), grid.depth(), 1));
  }
}
