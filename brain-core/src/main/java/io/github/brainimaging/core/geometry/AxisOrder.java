package io.github.brainimaging.core.geometry;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;

/** Another order of the three axes, each turned round or not. No value changes. */
final class AxisOrder {

  private final int[] source = new int[3];
  private final boolean[] flipped = new boolean[3];

  private AxisOrder() {}

  /** What turns one orientation into another. */
  static AxisOrder between(Orientation from, Orientation to) {
    AxisOrder order = new AxisOrder();
    for (int i = 0; i < 3; i++) {
      for (int s = 0; s < 3; s++) {
        if (from.axis(s) == to.axis(i)) {
          order.source[i] = s;
          order.flipped[i] = from.isPositive(s) != to.isPositive(i);
        }
      }
    }
    return order;
  }

  /** The new axis i is the old axis given, none turned round. */
  static AxisOrder of(int first, int second, int third) {
    AxisOrder order = new AxisOrder();
    order.source[0] = first;
    order.source[1] = second;
    order.source[2] = third;
    return order;
  }

  boolean changesNothing() {
    for (int i = 0; i < 3; i++) {
      if (source[i] != i || flipped[i]) {
        return false;
      }
    }
    return true;
  }

  /** The grid in the new order; a known affine keeps every voxel where it is. */
  VolumeGrid apply(VolumeGrid grid) {
    int[] old = {grid.width(), grid.height(), grid.depth()};
    VolumeGrid size = VolumeGrid.ofSize(old[source[0]], old[source[1]], old[source[2]]);
    if (grid.affine().isEmpty()) {
      VoxelSpacing spacing = grid.spacing();
      double[] mm = {spacing.x(), spacing.y(), spacing.z()};
      return size.withSpacing(new VoxelSpacing(mm[source[0]], mm[source[1]], mm[source[2]]));
    }
    double[] toOld = new double[12];
    for (int i = 0; i < 3; i++) {
      toOld[4 * source[i] + i] = flipped[i] ? -1 : 1;
      toOld[4 * source[i] + 3] = flipped[i] ? old[source[i]] - 1 : 0;
    }
    return size.withAffine(Affine.of(toOld).then(grid.requireAffine()));
  }

  /** Where in the old array the voxel (x, y, z) of the new order lies is linear in x, y and z. */
  private int[] strides(VolumeGrid grid) {
    int[] size = {grid.width(), grid.height(), grid.depth()};
    int[] stride = {1, grid.width(), grid.width() * grid.height()};
    int[] result = new int[4];
    for (int i = 0; i < 3; i++) {
      int s = source[i];
      result[i] = flipped[i] ? -stride[s] : stride[s];
      result[3] += flipped[i] ? (size[s] - 1) * stride[s] : 0;
    }
    return result;
  }

  /** The samples of one or more channels in the new order. */
  float[] apply(VolumeGrid grid, float[] samples) {
    VolumeGrid to = apply(grid);
    int[] strides = strides(grid);
    float[] result = new float[samples.length];
    int at = 0;
    for (int start = 0; start < samples.length; start += grid.voxels()) {
      for (int z = 0; z < to.depth(); z++) {
        for (int y = 0; y < to.height(); y++) {
          int from = start + strides[3] + z * strides[2] + y * strides[1];
          for (int x = 0; x < to.width(); x++, from += strides[0]) {
            result[at++] = samples[from];
          }
        }
      }
    }
    return result;
  }

  /** The voxels of a mask in the new order. */
  boolean[] apply(VolumeGrid grid, boolean[] inside) {
    VolumeGrid to = apply(grid);
    int[] strides = strides(grid);
    boolean[] result = new boolean[inside.length];
    int at = 0;
    for (int z = 0; z < to.depth(); z++) {
      for (int y = 0; y < to.height(); y++) {
        int from = strides[3] + z * strides[2] + y * strides[1];
        for (int x = 0; x < to.width(); x++, from += strides[0]) {
          result[at++] = inside[from];
        }
      }
    }
    return result;
  }
}
