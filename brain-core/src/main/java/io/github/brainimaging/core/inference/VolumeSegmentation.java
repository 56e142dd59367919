package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeLabels;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A region in a volume, on the grid of the volume that came in.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param mask the voxels; {@link VolumeMask#volumeMl} is their volume
 * @param confidence how sure the segmenter is of them, 0 to 1; empty if it does not tell
 * @param remarks in words: what was drawn and left out again, and why; empty where nothing was
 * @param uncertainty how much the runs disagree of which this is the mean, such as those of an
 *     ensemble; empty where there was one run. It speaks of what was found before anything was left
 *     out
 * @param labels all regions by name, also those that are no part of the mask; empty where the
 *     segmenter knows one region only
 * @since 0.1.0
 */
public record VolumeSegmentation(
    VolumeMask mask,
    OptionalDouble confidence,
    List<String> remarks,
    Optional<VolumeMaskUncertainty> uncertainty,
    Optional<VolumeLabels> labels) {

  /**
   * Checks the values.
   *
   * @param mask the voxels
   * @param confidence how sure the segmenter is of them
   * @param remarks what was left out, and why
   * @param uncertainty how much several runs disagree, or empty
   * @param labels all regions by name, or empty
   * @throws IllegalArgumentException if the confidence is not 0 to 1, or the labels lie on another
   *     grid
   */
  public VolumeSegmentation {
    Objects.requireNonNull(mask, "mask");
    Objects.requireNonNull(uncertainty, "uncertainty");
    labels.ifPresent(
        found ->
            Arguments.require(
                found.grid().equals(mask.grid()),
                "labels must lie on the grid of the mask %s, got %s",
                mask.grid(),
                found.grid()));
    Arguments.require(
        confidence.isEmpty() || (confidence.getAsDouble() >= 0 && confidence.getAsDouble() <= 1),
        "confidence must be between 0 and 1, got %s",
        confidence);
    remarks = List.copyOf(remarks);
  }

  /**
   * A region without parts that have names.
   *
   * @param mask the voxels
   * @param confidence how sure the segmenter is of them
   * @param remarks what was left out, and why
   * @param uncertainty how much several runs disagree, or empty
   */
  public VolumeSegmentation(
      VolumeMask mask,
      OptionalDouble confidence,
      List<String> remarks,
      Optional<VolumeMaskUncertainty> uncertainty) {
    this(mask, confidence, remarks, uncertainty, Optional.empty());
  }

  /**
   * A region that comes of one run.
   *
   * @param mask the voxels
   * @param confidence how sure the segmenter is of them
   * @param remarks what was left out, and why
   */
  public VolumeSegmentation(VolumeMask mask, OptionalDouble confidence, List<String> remarks) {
    this(mask, confidence, remarks, Optional.empty());
  }

  /**
   * A region of which nothing was left out.
   *
   * @param mask the voxels
   * @param confidence how sure the segmenter is of them
   */
  public VolumeSegmentation(VolumeMask mask, OptionalDouble confidence) {
    this(mask, confidence, List.of());
  }

  /**
   * What several runs on the same volume say together, with what they disagree about.
   *
   * @param runs what each found, on one grid; one or more
   * @return the voxels that half of the runs or more found; the confidence is the mean of the runs
   *     that tell one, the remarks are those of the first run; with {@link #uncertainty}
   * @throws IllegalArgumentException if there are none or their grids differ
   */
  public static VolumeSegmentation ofRuns(List<VolumeSegmentation> runs) {
    Arguments.require(!runs.isEmpty(), "runs must be at least one, got %s", runs);
    VolumeGrid grid = runs.get(0).mask.grid();
    float[] shares = new float[grid.voxels()];
    for (VolumeSegmentation run : runs) {
      Arguments.require(
          run.mask.grid().equals(grid),
          "runs must lie on one grid, got %s and %s",
          grid,
          run.mask.grid());
      boolean[] inside = run.mask.toArray();
      for (int i = 0; i < shares.length; i++) {
        shares[i] += inside[i] ? 1 : 0;
      }
    }
    boolean[] half = new boolean[shares.length];
    for (int i = 0; i < shares.length; i++) {
      half[i] = 2 * shares[i] >= runs.size();
      shares[i] /= runs.size();
    }
    VolumeMask mask = VolumeMask.wrap(grid, half);
    OptionalDouble sure =
        runs.stream()
            .filter(run -> !mask.isEmpty() && run.confidence.isPresent())
            .mapToDouble(run -> run.confidence.getAsDouble())
            .average();
    return new VolumeSegmentation(
        mask,
        sure,
        runs.get(0).remarks.stream().map(remark -> "in the first run: " + remark).toList(),
        Optional.of(
            VolumeMaskUncertainty.of(
                runs.stream().map(VolumeSegmentation::mask).toList(),
                MedicalVolume.wrap(grid, 1, shares),
                mask)));
  }

  /**
   * What is left where a part was left out.
   *
   * @param rest a part of the mask
   * @param reason what was left out and why
   * @return the rest with the same confidence, none if nothing is left, and one more remark; what
   *     was left out is out of the labels too
   */
  public VolumeSegmentation leaving(VolumeMask rest, String reason) {
    List<String> more = new ArrayList<>(remarks);
    more.add(reason);
    return leaving(rest, more);
  }

  /**
   * The same where what was left out is not worth a word.
   *
   * @param rest a part of the mask
   * @return the rest, as {@link #leaving(VolumeMask, String)} without a remark
   */
  public VolumeSegmentation leaving(VolumeMask rest) {
    return leaving(rest, remarks);
  }

  private VolumeSegmentation leaving(VolumeMask rest, List<String> words) {
    return new VolumeSegmentation(
        rest,
        rest.isEmpty() ? OptionalDouble.empty() : confidence,
        words,
        uncertainty,
        labels.map(all -> all.without(leftOut(rest))));
  }

  private VolumeMask leftOut(VolumeMask rest) {
    boolean[] before = mask.toArray();
    boolean[] after = rest.toArray();
    for (int i = 0; i < before.length; i++) {
      before[i] &= !after[i];
    }
    return VolumeMask.wrap(mask.grid(), before);
  }

  /**
   * Whether there is a region.
   *
   * @return true if the mask is not empty
   */
  public boolean found() {
    return !mask.isEmpty();
  }
}
