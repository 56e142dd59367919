package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.geometry.VolumeCrop;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.card.VolumeCard;
import java.util.ArrayList;
import java.util.List;

/**
 * Sequences as a three-dimensional network takes them.
 *
 * @param input the grid of the volumes as read; voxels of 1 mm or of the known spacing stand for a
 *     place that is not known
 * @param grid the network's grid
 * @param channels samples, one volume per sequence
 * @param resampled whether the network's voxels are others than those of the input
 */
record PreparedSequences(
    VolumeGrid input, VolumeGrid grid, List<float[]> channels, boolean resampled) {

  /** Spacings that differ by less, in mm, are the same. */
  private static final double SAME_MM = 1e-3;

  /**
   * Prepares.
   *
   * @param sequences volumes as read, in the card's order, on one grid
   * @throws IllegalArgumentException if number, channels, grid, spacing or samples do not fit
   */
  static PreparedSequences of(List<MedicalVolume> sequences, VolumeCard card) {
    check(sequences, card);
    MedicalVolume first = sequences.get(0);
    Arguments.require(
        !card.spacing().isKnown() || first.spacing().isKnown(),
        "volume must have a known spacing for a network of voxels of %s, got %s",
        card.spacing(),
        first.grid());
    VolumeGrid placed = placed(first.grid());
    List<MedicalVolume> volumes = new ArrayList<>();
    for (MedicalVolume sequence : sequences) {
      MedicalVolume on = sequence.wrapVoxels(placed, sequence.samples());
      volumes.add(card.orientation().map(o -> Reorient.to(o).apply(on)).orElse(on));
    }
    if (card.cropToNonZero()) {
      VolumeCrop.Box box = nonZero(volumes);
      volumes.replaceAll(volume -> VolumeCrop.apply(volume, box));
    }
    boolean resampled = card.spacing().isKnown() && !same(card.spacing(), volumes.get(0).spacing());
    List<float[]> channels = new ArrayList<>();
    VolumeGrid grid = volumes.get(0).grid();
    for (int i = 0; i < volumes.size(); i++) {
      float[] samples = volumes.get(i).samples();
      requireFinite(samples);
      card.normalization().get(i).apply(samples);
      if (resampled) {
        MedicalVolume fine =
            Resample.toSpacing(card.spacing())
                .withInterpolation(card.interpolation())
                .apply(volumes.get(i).wrapSamples(samples));
        grid = fine.grid();
        samples = fine.samples();
      }
      channels.add(samples);
    }
    return new PreparedSequences(placed, grid, channels, resampled);
  }

  private static void check(List<MedicalVolume> sequences, VolumeCard card) {
    Arguments.require(
        sequences.size() == card.sequences().size(),
        "sequences must be the %s volumes %s, got %s",
        card.sequences().size(),
        card.sequences(),
        sequences.size());
    VolumeGrid grid = sequences.get(0).grid();
    for (MedicalVolume sequence : sequences) {
      Arguments.require(
          sequence.channels() == 1, "volume must have 1 channel, got %s", sequence.channels());
      Arguments.require(
          sequence.grid().matches(grid),
          "sequences must lie on one grid (register them first), got %s and %s",
          grid,
          sequence.grid());
    }
    Arguments.require(
        card.orientation().isEmpty() || grid.affine().isPresent(),
        "volume must have a known orientation for a network of %s, got %s",
        card.orientation(),
        grid);
  }

  private static VolumeGrid placed(VolumeGrid grid) {
    if (grid.affine().isPresent()) {
      return grid;
    }
    VoxelSpacing mm = grid.spacing().isKnown() ? grid.spacing() : VoxelSpacing.ofMillimeters(1);
    return grid.withAffine(Affine.of(mm.x(), 0, 0, 0, 0, mm.y(), 0, 0, 0, 0, mm.z(), 0));
  }

  private static boolean same(VoxelSpacing a, VoxelSpacing b) {
    return Math.abs(a.x() - b.x()) < SAME_MM
        && Math.abs(a.y() - b.y()) < SAME_MM
        && Math.abs(a.z() - b.z()) < SAME_MM;
  }

  /** The box of what is not zero in some sequence; everything where all is zero. */
  private static VolumeCrop.Box nonZero(List<MedicalVolume> volumes) {
    VolumeGrid grid = volumes.get(0).grid();
    int[] size = {grid.width(), grid.height(), grid.depth()};
    int[] first = size.clone();
    int[] last = {-1, -1, -1};
    for (MedicalVolume volume : volumes) {
      float[] samples = volume.samples();
      for (int i = 0; i < samples.length; i++) {
        if (samples[i] != 0) {
          int[] at = {i % size[0], i / size[0] % size[1], i / size[0] / size[1]};
          for (int axis = 0; axis < 3; axis++) {
            first[axis] = Math.min(first[axis], at[axis]);
            last[axis] = Math.max(last[axis], at[axis]);
          }
        }
      }
    }
    return last[0] < 0
        ? new VolumeCrop.Box(0, 0, 0, size[0], size[1], size[2])
        : new VolumeCrop.Box(
            first[0],
            first[1],
            first[2],
            last[0] - first[0] + 1,
            last[1] - first[1] + 1,
            last[2] - first[2] + 1);
  }

  private static void requireFinite(float[] samples) {
    for (float sample : samples) {
      Arguments.require(
          Float.isFinite(sample),
          "volume must be finite, got %s; replace its NaN and infinite samples first",
          sample);
    }
  }
}
