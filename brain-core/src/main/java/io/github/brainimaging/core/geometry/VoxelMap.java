package io.github.brainimaging.core.geometry;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.VolumeGrid;
import java.util.Arrays;

/**
 * Samples of one grid at the voxels of another, given the map from the other's indices to this
 * one's. Along axes that stay parallel one axis after the other is done, else each voxel on its
 * own.
 */
final class VoxelMap {

  /** Voxels over the whole length of an axis: less than this is parallel. */
  private static final double PARALLEL = 1e-6;

  private final VolumeGrid from;
  private final VolumeGrid to;
  private final Affine map;
  private final Resample.Method interpolation;
  private final float fill;

  VoxelMap(VolumeGrid from, VolumeGrid to, Affine map, Resample.Method interpolation, float fill) {
    this.from = from;
    this.to = to;
    this.map = map;
    this.interpolation = interpolation;
    this.fill = fill;
  }

  /** The samples of one channel, which are spoiled on the way. */
  float[] apply(float[] samples) {
    if (interpolation == Resample.Method.CUBIC) {
      CubicSpline.toCoefficients(from, samples);
    }
    int[] source = new int[3];
    for (int i = 0; i < 3; i++) {
      source[i] = parallelAxis(i);
    }
    int[] sorted = source.clone();
    Arrays.sort(sorted);
    return Arrays.equals(sorted, new int[] {0, 1, 2})
        ? alongAxes(samples, source)
        : voxelByVoxel(samples);
  }

  /** The old axis that a new one runs along, or -1. */
  private int parallelAxis(int axis) {
    int[] sizes = {to.width(), to.height(), to.depth()};
    int found = -1;
    for (int row = 0; row < 3; row++) {
      if (Math.abs(map.get(row, axis)) * sizes[axis] > PARALLEL) {
        if (found >= 0) {
          return -1;
        }
        found = row;
      }
    }
    return found;
  }

  private float[] alongAxes(float[] samples, int[] source) {
    AxisOrder order = AxisOrder.of(source[0], source[1], source[2]);
    float[] result = order.changesNothing() ? samples : order.apply(from, samples);
    VolumeGrid ordered = order.apply(from);
    int[] old = {ordered.width(), ordered.height(), ordered.depth()};
    int[] sizes = {to.width(), to.height(), to.depth()};
    Taps[] taps = new Taps[3];
    int inner = 1;
    for (int axis = 0; axis < 3; axis++) {
      taps[axis] = new Taps(interpolation, old[axis], sizes[axis]);
      for (int i = 0; i < sizes[axis]; i++) {
        taps[axis].set(i, map.get(source[axis], axis) * i + map.get(source[axis], 3));
      }
      result = alongAxis(result, old[axis], sizes[axis], inner, taps[axis]);
      inner *= sizes[axis];
    }
    fillOutside(result, taps);
    return result;
  }

  private static float[] alongAxis(float[] samples, int old, int size, int inner, Taps taps) {
    int outer = samples.length / old / inner;
    float[] result = new float[Math.multiplyExact(outer * size, inner)];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < size; i++) {
        int at = (o * size + i) * inner;
        for (int k = 0; k < taps.perPlace(); k++) {
          int start = (o * old + taps.index(i, k)) * inner;
          float weight = (float) taps.weight(i, k);
          if (weight != 0) {
            for (int j = 0; j < inner; j++) {
              result[at + j] += weight * samples[start + j];
            }
          }
        }
      }
    }
    return result;
  }

  private void fillOutside(float[] result, Taps[] taps) {
    int at = 0;
    for (int z = 0; z < to.depth(); z++) {
      for (int y = 0; y < to.height(); y++) {
        boolean row = taps[2].isOutside(z) || taps[1].isOutside(y);
        for (int x = 0; x < to.width(); x++, at++) {
          if (row || taps[0].isOutside(x)) {
            result[at] = fill;
          }
        }
      }
    }
  }

  private float[] voxelByVoxel(float[] samples) {
    Taps columns = new Taps(interpolation, from.width(), 1);
    Taps rows = new Taps(interpolation, from.height(), 1);
    Taps slices = new Taps(interpolation, from.depth(), 1);
    float[] result = new float[to.voxels()];
    int at = 0;
    for (int z = 0; z < to.depth(); z++) {
      for (int y = 0; y < to.height(); y++) {
        double[] start = map.apply(0, y, z);
        for (int x = 0; x < to.width(); x++, at++) {
          boolean inside =
              columns.set(0, start[0] + x * map.get(0, 0))
                  && rows.set(0, start[1] + x * map.get(1, 0))
                  && slices.set(0, start[2] + x * map.get(2, 0));
          result[at] = inside ? sum(samples, columns, rows, slices) : fill;
        }
      }
    }
    return result;
  }

  private float sum(float[] samples, Taps columns, Taps rows, Taps slices) {
    int count = columns.perPlace();
    double sum = 0;
    for (int k = 0; k < count; k++) {
      int slice = slices.index(0, k) * from.height();
      double inSlice = 0;
      for (int j = 0; j < count; j++) {
        int row = (slice + rows.index(0, j)) * from.width();
        double inRow = 0;
        for (int i = 0; i < count; i++) {
          inRow += columns.weight(0, i) * samples[row + columns.index(0, i)];
        }
        inSlice += rows.weight(0, j) * inRow;
      }
      sum += slices.weight(0, k) * inSlice;
    }
    return (float) sum;
  }
}
