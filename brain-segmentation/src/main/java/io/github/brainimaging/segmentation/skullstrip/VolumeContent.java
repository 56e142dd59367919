package io.github.brainimaging.segmentation.skullstrip;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.transform.ForegroundThreshold;
import io.github.brainimaging.segmentation.internal.BitMask;

/**
 * The smallest box of a volume outside of which all samples are the smallest one: working inside it
 * makes a result independent of padding. Where it is known which way is up, the box ends below the
 * brain: a neck and a jaw are larger than the brain, and as bright.
 */
final class VolumeContent {

  /** How far below the vertex the brain of a person has ended. */
  private static final double BRAIN_HEIGHT_MM = 175;

  /** The least area of a slice through the head, so that no speck of noise is the vertex. */
  private static final double VERTEX_MM2 = 1500;

  private static final int UP = 2;

  private final VolumeGrid whole;
  private final MedicalVolume inside;

  /** Index of the box's first voxel in the whole volume. */
  private final int first;

  private VolumeContent(VolumeGrid whole, MedicalVolume inside, int first) {
    this.whole = whole;
    this.inside = inside;
    this.first = first;
  }

  /** Of a constant volume, or one without a finite sample, the content is the whole volume. */
  static VolumeContent of(MedicalVolume volume) {
    VolumeGrid grid = volume.grid();
    float[] samples = volume.samples();
    float smallest = volume.range()[0];
    int[] from = {grid.width(), grid.height(), grid.depth()};
    int[] to = {0, 0, 0};
    int i = 0;
    for (int z = 0; z < grid.depth(); z++) {
      for (int y = 0; y < grid.height(); y++) {
        for (int x = 0; x < grid.width(); x++, i++) {
          if (samples[i] > smallest && samples[i] < Float.POSITIVE_INFINITY) {
            include(from, to, 0, x);
            include(from, to, 1, y);
            include(from, to, 2, z);
          }
        }
      }
    }
    if (to[0] == 0) {
      return new VolumeContent(grid, volume, 0);
    }
    cutNeck(volume, samples, from, to);
    VolumeGrid box =
        VolumeGrid.ofSize(to[0] - from[0], to[1] - from[1], to[2] - from[2])
            .withSpacing(grid.spacing());
    int first = (from[2] * grid.height() + from[1]) * grid.width() + from[0];
    float[] content = new float[box.voxels()];
    for (int row = 0; row < box.height() * box.depth(); row++) {
      System.arraycopy(
          samples, first + start(grid, box, row), content, row * box.width(), box.width());
    }
    return new VolumeContent(grid, volume.wrapVoxels(box, content), first);
  }

  private static void cutNeck(MedicalVolume volume, float[] samples, int[] from, int[] to) {
    if (volume.affine().isEmpty()) {
      return;
    }
    Orientation orientation = volume.grid().requireAffine().orientation();
    int axis = 0;
    while (orientation.axis(axis) != UP) {
      axis++;
    }
    VoxelSpacing spacing = volume.spacing();
    double[] step = {spacing.x(), spacing.y(), spacing.z()};
    double area = step[0] * step[1] * step[2] / step[axis];
    int[] counts = planes(volume.grid(), samples, ForegroundThreshold.value(volume), axis);
    boolean upwards = orientation.isPositive(axis);
    int vertex = upwards ? to[axis] - 1 : from[axis];
    int down = upwards ? -1 : 1;
    while (vertex >= from[axis] && vertex < to[axis] && counts[vertex] * area < VERTEX_MM2) {
      vertex += down;
    }
    if (vertex < from[axis] || vertex >= to[axis]) {
      return;
    }
    int height = (int) Math.ceil(BRAIN_HEIGHT_MM / step[axis]);
    if (upwards) {
      from[axis] = Math.max(from[axis], vertex + 1 - height);
    } else {
      to[axis] = Math.min(to[axis], vertex + height);
    }
  }

  /** How many voxels above a level each plane of an axis has. */
  private static int[] planes(VolumeGrid grid, float[] samples, double level, int axis) {
    int[] sizes = {grid.width(), grid.height(), grid.depth()};
    int stride = axis == 0 ? 1 : axis == 1 ? grid.width() : grid.width() * grid.height();
    int[] counts = new int[sizes[axis]];
    for (int i = 0; i < samples.length; i++) {
      if (samples[i] > level) {
        counts[i / stride % sizes[axis]]++;
      }
    }
    return counts;
  }

  private static void include(int[] from, int[] to, int axis, int place) {
    from[axis] = Math.min(from[axis], place);
    to[axis] = Math.max(to[axis], place + 1);
  }

  /** Where a row of the box begins in the whole volume, counted from the box's first voxel. */
  private static int start(VolumeGrid whole, VolumeGrid box, int row) {
    return (row / box.height() * whole.height() + row % box.height()) * whole.width();
  }

  /** The box, with the volume's spacing but without its place in space. */
  MedicalVolume inside() {
    return inside;
  }

  /** Puts a mask of the box back to its place. */
  VolumeMask restore(BitMask mask) {
    VolumeGrid box = inside.grid();
    boolean[] source = mask.toArray();
    boolean[] target = new boolean[whole.voxels()];
    for (int row = 0; row < box.height() * box.depth(); row++) {
      System.arraycopy(
          source, row * box.width(), target, first + start(whole, box, row), box.width());
    }
    return VolumeMask.wrap(whole, target);
  }
}
