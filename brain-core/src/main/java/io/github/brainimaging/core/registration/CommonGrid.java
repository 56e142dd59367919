package io.github.brainimaging.core.registration;

import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.JointHistogram;
import io.github.brainimaging.core.registration.Registration.Aligned;
import java.util.Locale;

/**
 * Brings the sequences of one examination onto one grid, as networks of several sequences need
 * them.
 *
 * <p>A sequence on the same grid stays as it is. Another one is resampled linearly to where its
 * header says that it lies; then {@link Registration} looks for a better place. That place is taken
 * if it is more than a millimeter away and the normalized mutual information of both volumes is
 * higher there: the patient has moved, or the headers know nothing of each other.
 *
 * <p>Immutable and safe to share between threads. An interrupt ends the work as {@link
 * Registration} tells.
 *
 * @since 0.1.0
 */
public final class CommonGrid {

  /** Nearer is nowhere else: no header and no registration is better. */
  private static final double NEAR_MM = 1;

  private static final int LEVELS = 32;
  private static final int MOST_POINTS = 400_000;

  private final boolean registers;

  private CommonGrid(boolean registers) {
    this.registers = registers;
  }

  /**
   * Resamples, and registers.
   *
   * @return the steps
   */
  public static CommonGrid withDefaults() {
    return new CommonGrid(true);
  }

  /**
   * The same with or without registration.
   *
   * @param newRegisters whether a better place is looked for than the header's; true by default
   * @return the new steps
   */
  public CommonGrid withRegistration(boolean newRegisters) {
    return new CommonGrid(newRegisters);
  }

  /**
   * A sequence on the grid of another.
   *
   * @param volume the sequence on that grid; its smallest sample where it does not reach
   * @param done what was done to it, in words for people; empty if nothing was
   */
  public record Placed(MedicalVolume volume, String done) {}

  /**
   * Brings a sequence onto the grid of another.
   *
   * @param reference stays where it is, one channel
   * @param other the sequence, one channel
   * @return the sequence on the grid of the reference, and what was done
   * @throws IllegalArgumentException if a volume has several channels; if the place of one is not
   *     known and it cannot be found, since registration is not wanted, a spacing is unknown too or
   *     both cannot be brought to overlap
   */
  public Placed place(MedicalVolume reference, MedicalVolume other) {
    VolumeGrid grid = reference.grid();
    Arguments.require(
        reference.channels() == 1 && other.channels() == 1,
        "volumes must have 1 channel, got %s and %s",
        reference.channels(),
        other.channels());
    if (other.grid().matches(grid)) {
      return new Placed(other, "");
    }
    boolean placed = grid.affine().isPresent() && other.affine().isPresent();
    if (!placed) {
      Arguments.require(
          registers && grid.spacing().isKnown() && other.spacing().isKnown(),
          "volumes of unknown place must lie on one grid, or be registered and have a known spacing,"
              + " got %s and %s",
          grid,
          other.grid());
      Aligned<MedicalVolume> found = Registration.withDefaults().align(reference, other);
      Arguments.require(
          found.measure() > 1, "volumes must overlap, got %s and %s", grid, other.grid());
      return new Placed(found.aligned(), moved("whose place is not known", found));
    }
    MedicalVolume resampled =
        Resample.toGrid(grid)
            .withFill(other.range()[0])
            .apply(other)
            .withModality(other.modality());
    String size = "resampled from voxels of " + words(other.spacing());
    if (!registers || isConstant(reference) || isConstant(other)) {
      return new Placed(resampled, size);
    }
    Aligned<MedicalVolume> found = Registration.withDefaults().align(reference, other);
    double away = distance(found.transform(), grid);
    boolean better =
        found.measure() > 1
            && away > NEAR_MM
            && information(reference, found.aligned())
                > information(reference, resampled) + Doubts.BETTER;
    return better
        ? new Placed(
            found.aligned(),
            size + ", " + moved(String.format(Locale.ROOT, "which lay %.1f mm away", away), found))
        : new Placed(resampled, size);
  }

  private static String words(VoxelSpacing mm) {
    return String.format(Locale.ROOT, "%.2f x %.2f x %.2f mm", mm.x(), mm.y(), mm.z());
  }

  private static String moved(String why, Aligned<?> found) {
    String unfinished = found.converged() ? "" : "; the search was ended, look at the result";
    return why + " and was registered: " + found.rigid().words("mm") + unfinished;
  }

  private static boolean isConstant(MedicalVolume volume) {
    float[] range = volume.range();
    return !(range[1] > range[0]);
  }

  /** How far the inner half of a grid is moved at most. */
  private static double distance(Affine transform, VolumeGrid grid) {
    Affine toMm = grid.requireAffine();
    double most = 0;
    for (int corner = 0; corner < 8; corner++) {
      double[] from =
          toMm.apply(
              side(corner, 1, grid.width()),
              side(corner, 2, grid.height()),
              side(corner, 4, grid.depth()));
      double[] to = transform.apply(from[0], from[1], from[2]);
      most =
          Math.max(most, Math.hypot(Math.hypot(to[0] - from[0], to[1] - from[1]), to[2] - from[2]));
    }
    return most;
  }

  private static double side(int corner, int bit, int size) {
    return (size - 1) * ((corner & bit) == 0 ? 0.25 : 0.75);
  }

  /** The normalized mutual information of two volumes on one grid. */
  private static double information(MedicalVolume a, MedicalVolume b) {
    float[] first = a.samples();
    float[] second = b.samples();
    double[] rangeA = Percentiles.values(first, 0.5, 99.5);
    double[] rangeB = Percentiles.values(second, 0.5, 99.5);
    JointHistogram joint = new JointHistogram(LEVELS);
    int step = Math.max(1, first.length / MOST_POINTS);
    for (int i = 0; i < first.length; i += step) {
      if (Float.isFinite(first[i]) && Float.isFinite(second[i])) {
        joint.add(level(first[i], rangeA), level(second[i], rangeB), 1);
      }
    }
    return joint.entropies().normalizedMutualInformation();
  }

  private static int level(float sample, double[] range) {
    double share = range[1] > range[0] ? (sample - range[0]) / (range[1] - range[0]) : 0;
    return (int) Math.max(0, Math.min(LEVELS - 1, share * LEVELS));
  }

  @Override
  public String toString() {
    return "CommonGrid[registers=" + registers + "]";
  }
}
