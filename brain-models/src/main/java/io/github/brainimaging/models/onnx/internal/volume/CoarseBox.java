package io.github.brainimaging.models.onnx.internal.volume;

import io.github.brainimaging.core.geometry.VolumeCrop;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.models.card.ChannelNormalization;
import java.util.List;
import java.util.Optional;

/**
 * Where in a volume, oriented and with its axes in order, a coarse network found something.
 *
 * @param box its box
 * @param normalization of each sequence, percentiles as values
 */
public record CoarseBox(VolumeCrop.Box box, List<ChannelNormalization> normalization) {

  /** Share of a plane that must be inside for it to count (deepbet). */
  private static final double LEAST_SHARE = 0.02;

  /**
   * The box around a mask on the coarse network's voxels, in those of the volume.
   *
   * @param inside the mask
   * @param prepared what the coarse network was given
   * @param margin share of its size by which it is made wider at each end
   * @return empty if no plane has enough inside
   */
  public static Optional<CoarseBox> around(
      boolean[] inside, PreparedSequences prepared, double margin) {
    VolumeGrid small = prepared.grid();
    VolumeGrid large = prepared.regridding().map(Regridding::from).orElse(small);
    int[] sizes = {small.width(), small.height(), small.depth()};
    int[] largeSizes = {large.width(), large.height(), large.depth()};
    int[][] counts = {new int[sizes[0]], new int[sizes[1]], new int[sizes[2]]};
    for (int i = 0; i < inside.length; i++) {
      if (inside[i]) {
        counts[0][i % sizes[0]]++;
        counts[1][i / sizes[0] % sizes[1]]++;
        counts[2][i / sizes[0] / sizes[1]]++;
      }
    }
    int[] from = new int[3];
    int[] length = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      int first = -1;
      int last = -1;
      for (int i = 0; i < sizes[axis]; i++) {
        if (counts[axis][i] > LEAST_SHARE * inside.length / sizes[axis]) {
          first = first < 0 ? i : first;
          last = i;
        }
      }
      if (first < 0) {
        return Optional.empty();
      }
      double scale = (double) largeSizes[axis] / sizes[axis];
      double center = Math.rint(scale * (last + 1 + first) / 2);
      double size = Math.rint(scale * (last + 1 - first) * (1 + 2 * margin));
      from[axis] = (int) Math.max(0, center - size / 2);
      length[axis] = (int) Math.min(largeSizes[axis], center + size / 2) - from[axis];
    }
    return Optional.of(
        new CoarseBox(
            new VolumeCrop.Box(from[0], from[1], from[2], length[0], length[1], length[2]),
            prepared.normalization()));
  }
}
