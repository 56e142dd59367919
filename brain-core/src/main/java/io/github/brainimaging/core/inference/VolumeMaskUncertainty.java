package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How much several runs of a segmenter disagree about the same volume: {@link MaskUncertainty} in
 * space. A run counts with the mask that it gives in the end, cleaned up if it cleans up.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param runs how many there were, at least 1
 * @param shares one channel: for each voxel in which share of the runs it belongs to the region, 0
 *     to 1
 * @param agreement how well each run's mask covers that of all: the mean Dice, 0 to 1. Masks that
 *     are both empty agree
 * @param low in voxels: 5 % of the runs found a smaller region, and that of all is none
 * @param high in voxels: 5 % of the runs found a larger region, and that of all is none. Nine
 *     tenths of the runs lie between both: an interval of this model's doubts, not of the truth
 * @since 0.1.0
 */
public record VolumeMaskUncertainty(
    int runs, MedicalVolume shares, double agreement, double low, double high) {

  /**
   * Checks the values.
   *
   * @param runs at least 1
   * @param shares one channel
   * @param agreement 0 to 1
   * @param low 0 to {@code high}
   * @param high voxels
   * @throws IllegalArgumentException if a value is out of range
   */
  public VolumeMaskUncertainty {
    Arguments.requirePositive("runs", runs);
    Arguments.require(
        shares.channels() == 1, "shares must have 1 channel, got %s", shares.channels());
    Arguments.requireShare("agreement", agreement);
    Arguments.require(
        low >= 0 && low <= high, "low and high must rise from 0, got %s and %s", low, high);
  }

  /** Of runs whose shares, and the mask of all, are known. */
  static VolumeMaskUncertainty of(List<VolumeMask> runs, MedicalVolume shares, VolumeMask mask) {
    double[] sizes = runs.stream().mapToDouble(VolumeMask::count).sorted().toArray();
    boolean[] all = mask.toArray();
    double dice =
        runs.stream()
            .mapToDouble(run -> MaskUncertainty.dice(run.toArray(), all))
            .average()
            .orElse(1);
    return new VolumeMaskUncertainty(
        sizes.length,
        shares,
        Math.min(1, dice),
        Math.min(mask.count(), Percentiles.inSorted(sizes, MaskUncertainty.TAIL_PERCENT)),
        Math.max(mask.count(), Percentiles.inSorted(sizes, 100 - MaskUncertainty.TAIL_PERCENT)));
  }

  /**
   * {@link #low} as a volume.
   *
   * @return in ml; empty if the size of a voxel is not known
   */
  public OptionalDouble lowMl() {
    return milliliters(low);
  }

  /**
   * {@link #high} as a volume.
   *
   * @return in ml; empty if the size of a voxel is not known
   */
  public OptionalDouble highMl() {
    return milliliters(high);
  }

  private OptionalDouble milliliters(double voxels) {
    return shares.spacing().isKnown()
        ? OptionalDouble.of(voxels * shares.grid().voxelVolumeMm3() / 1000)
        : OptionalDouble.empty();
  }

  /**
   * Where the doubt lies.
   *
   * @return of each voxel the entropy of {@link #shares}, in nats: 0 where all runs agree, 0.69 (ln
   *     2) where half of them say the one and half the other
   */
  public MedicalVolume entropy() {
    float[] values = shares.samples();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Uncertainty.ofTwo(values[i]);
    }
    return shares.wrapSamples(values);
  }
}
