package io.github.brainimaging.models.onnx.internal.volume;

import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.geometry.VolumeCrop;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.card.ChannelNormalization;
import io.github.brainimaging.models.card.VolumeCard;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Sequences as a three-dimensional network takes them.
 *
 * @param input the grid of the volumes as read; voxels of 1 mm or of the known spacing stand for a
 *     place that is not known
 * @param grid the network's grid
 * @param channels samples, one volume per sequence
 * @param normalization what was done to their values, percentiles as values
 * @param regridding from the volume's voxels, turned and cut, to the network's; empty if these are
 *     the same
 */
public record PreparedSequences(
    VolumeGrid input,
    VolumeGrid grid,
    List<float[]> channels,
    List<ChannelNormalization> normalization,
    Optional<Regridding> regridding) {

  /**
   * Prepares.
   *
   * @param sequences volumes as read, in the card's order, on one grid
   * @param within the box that a coarse network found, if one was asked
   * @throws IllegalArgumentException if number, channels, grid, spacing or samples do not fit
   */
  public static PreparedSequences of(
      List<MedicalVolume> sequences, VolumeCard card, Optional<CoarseBox> within) {
    check(sequences, card);
    VolumeGrid placed = placed(sequences.get(0).grid());
    List<MedicalVolume> volumes = new ArrayList<>();
    for (MedicalVolume sequence : sequences) {
      volumes.add(turned(sequence.wrapVoxels(placed, sequence.samples()), card));
    }
    if (within.isPresent()) {
      volumes.replaceAll(volume -> VolumeCrop.apply(volume, within.get().box()));
    }
    boolean resampledFirst = card.convention() != VolumeCard.Convention.NNUNET;
    Optional<Regridding> regridding = Optional.empty();
    if (resampledFirst) {
      regridding = resample(volumes, card);
    }
    if (card.cropToNonZero()) {
      VolumeCrop.Box box = nonZero(volumes);
      volumes.replaceAll(volume -> VolumeCrop.apply(volume, box));
    }
    List<ChannelNormalization> fitted = new ArrayList<>();
    for (int i = 0; i < volumes.size(); i++) {
      float[] samples = volumes.get(i).samples();
      requireFinite(samples);
      fitted.add(
          within.isPresent()
              ? within.get().normalization().get(i)
              : card.normalization().get(i).fittedTo(samples));
    }
    normalize(volumes, fitted);
    if (!resampledFirst) {
      regridding = resample(volumes, card);
    }
    return new PreparedSequences(
        placed,
        volumes.get(0).grid(),
        volumes.stream().map(MedicalVolume::samples).toList(),
        fitted,
        regridding);
  }

  private static MedicalVolume turned(MedicalVolume volume, VolumeCard card) {
    MedicalVolume oriented =
        card.orientation().map(o -> Reorient.to(o).apply(volume)).orElse(volume);
    String code = oriented.grid().requireAffine().orientation().toString();
    StringBuilder turned = new StringBuilder();
    card.axes().chars().forEach(axis -> turned.append(code.charAt(axis - 'x')));
    return Reorient.to(Orientation.of(turned.toString())).apply(oriented);
  }

  private static Optional<Regridding> resample(List<MedicalVolume> volumes, VolumeCard card) {
    if (!card.spacing().isKnown() && card.convention() != VolumeCard.Convention.WHOLE) {
      return Optional.empty();
    }
    Regridding regridding = Regridding.of(volumes.get(0).grid(), card);
    if (!regridding.changes()) {
      return Optional.empty();
    }
    volumes.replaceAll(
        volume ->
            volume.wrapVoxels(regridding.to(), regridding.toNetwork(volume, card.interpolation())));
    return Optional.of(regridding);
  }

  private static void normalize(
      List<MedicalVolume> volumes, List<ChannelNormalization> normalization) {
    boolean needsHead =
        normalization.stream().anyMatch(n -> n.kind() == ChannelNormalization.Kind.Z_SCORE_HEAD);
    BitSet head = needsHead ? head(volumes) : new BitSet();
    for (int i = 0; i < volumes.size(); i++) {
      float[] samples = volumes.get(i).samples();
      normalization.get(i).apply(samples, head);
      volumes.set(i, volumes.get(i).wrapSamples(samples));
    }
  }

  /** Where some sequence is not 0, and the holes in it. */
  private static BitSet head(List<MedicalVolume> volumes) {
    VolumeGrid grid = volumes.get(0).grid();
    boolean[] inside = new boolean[grid.voxels()];
    for (MedicalVolume volume : volumes) {
      float[] samples = volume.samples();
      for (int i = 0; i < samples.length; i++) {
        inside[i] |= samples[i] != 0;
      }
    }
    OnePiece.fillHoles(inside, grid);
    BitSet head = new BitSet(inside.length);
    for (int i = 0; i < inside.length; i++) {
      head.set(i, inside[i]);
    }
    return head;
  }

  /** The same, of which nothing returns to the voxels of the volume. */
  public PreparedSequences staying() {
    return new PreparedSequences(input, grid, channels, normalization, Optional.empty());
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
    Arguments.require(
        !card.spacing().isKnown() || grid.spacing().isKnown(),
        "volume must have a known spacing for a network of voxels of %s, got %s",
        card.spacing(),
        grid);
  }

  private static VolumeGrid placed(VolumeGrid grid) {
    if (grid.affine().isPresent()) {
      return grid;
    }
    VoxelSpacing mm = grid.spacing().isKnown() ? grid.spacing() : VoxelSpacing.ofMillimeters(1);
    return grid.withAffine(Affine.of(mm.x(), 0, 0, 0, 0, mm.y(), 0, 0, 0, 0, mm.z(), 0));
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
