package io.github.brainimaging.segmentation.skullstrip;

import io.github.brainimaging.segmentation.internal.BitMask;
import java.util.Arrays;

/**
 * How bright brain is around a voxel: the mean of what is certainly tissue within a cube. So coils
 * that see one side of the head better than the other do not matter, and in the cerebellum, which
 * is brighter than the brain's mean, the blood of the sinuses beside it is told from tissue.
 */
final class LocalBrightness {

  /** Half the side of the cube; about that of the cerebellum. */
  private static final double REACH_MM = 20;

  private LocalBrightness() {}

  /**
   * The voxels of a mask that are bright in comparison with the tissue around them.
   *
   * @param field gray values
   * @param mask where to look
   * @param tissue the voxels that make the mean
   * @param darkest gray value from which brightness is counted
   * @param least of the mean, from 0 to 1
   */
  static BitMask above(
      VoxelField field, BitMask mask, BitMask tissue, double darkest, double least) {
    boolean[] counted = tissue.toArray();
    float[] samples = field.samples();
    float[] sum = new float[samples.length];
    float[] count = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      if (counted[i]) {
        sum[i] = (float) (samples[i] - darkest);
        count[i] = 1;
      }
    }
    float[] sums = addAround(field, sum);
    float[] counts = addAround(field, count);
    boolean[] bright = counted;
    for (int i = 0; i < samples.length; i++) {
      bright[i] = (samples[i] - darkest) * counts[i] > least * sums[i];
    }
    return mask.and(BitMask.of(bright, field.width(), field.height() * field.depth()));
  }

  /** The sums over the cube around every voxel, as far as it is in the volume. */
  private static float[] addAround(VoxelField field, float[] values) {
    int row = field.width();
    int slice = row * field.height();
    float[] free = new float[values.length];
    addAlong(values, free, 1, row, field.stepX());
    addAlong(free, values, row, field.height(), field.stepY());
    addAlong(values, free, slice, field.depth(), field.stepZ());
    return free;
  }

  /**
   * Adds along one axis.
   *
   * @param stride from a voxel to the next one along the axis; so many lines lie side by side
   * @param length voxels of a line
   * @param step millimeters from a voxel to the next one
   */
  private static void addAlong(float[] from, float[] to, int stride, int length, double step) {
    int reach = (int) Math.min(length, Math.round(REACH_MM / step));
    double[] sums = new double[stride];
    for (int start = 0; start < from.length; start += stride * length) {
      Arrays.fill(sums, 0);
      for (int i = -reach; i < length; i++) {
        int entering = start + (i + reach) * stride;
        int leaving = start + (i - reach - 1) * stride;
        for (int k = 0; k < stride; k++) {
          sums[k] += i + reach < length ? from[entering + k] : 0;
          sums[k] -= i - reach > 0 ? from[leaving + k] : 0;
        }
        for (int k = 0; k < stride && i >= 0; k++) {
          to[start + i * stride + k] = (float) sums[k];
        }
      }
    }
  }
}
