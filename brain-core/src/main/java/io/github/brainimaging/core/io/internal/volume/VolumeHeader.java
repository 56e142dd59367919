package io.github.brainimaging.core.io.internal.volume;

import io.github.brainimaging.core.image.VolumeGrid;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a volume file tells, checked.
 *
 * @param grid size and place of a volume
 * @param layout how the samples follow each other
 * @param intervalSeconds time between volumes, NaN if unknown
 * @param samples how a sample is stored
 * @param place where in their file the voxels are
 * @param data finds that file; null if it is the one with the header
 * @param warnings what is doubtful, in sentences
 */
public record VolumeHeader(
    VolumeGrid grid,
    Layout layout,
    double intervalSeconds,
    SampleType samples,
    VoxelPlace place,
    @Nullable DataFile data,
    List<String> warnings) {

  /** Said where only sizes are known. */
  public static final String UNKNOWN_PLACE = "the file does not tell how the patient lies in it";

  private static final long MAXIMUM_SAMPLES = 1L << 57;

  /**
   * How the samples of a file follow each other: those of a voxel, voxel after voxel, run after
   * run.
   *
   * @param components samples side by side at a voxel: its colors, or one of each volume
   * @param colored whether they are colors
   * @param runs how often all voxels follow each other
   */
  public record Layout(int components, boolean colored, int runs) {

    /** One sample a voxel. */
    static Layout gray(int volumes) {
      return new Layout(1, false, volumes);
    }

    /**
     * Number of volumes.
     *
     * @return one or more
     */
    public int volumes() {
      return colored ? runs : components * runs;
    }

    /**
     * Channels of a volume.
     *
     * @return 1, or those of colors
     */
    public int channels() {
      return colored ? components : 1;
    }
  }

  /** A grid without a place, or an error that names the field. */
  static VolumeGrid grid(String field, long x, long y, long z) throws IOException {
    for (long size : new long[] {x, y, z}) {
      if (size < 1 || size > Integer.MAX_VALUE) {
        throw HeaderText.bad(field, "sizes from 1 to 2^31 - 1", size);
      }
    }
    if (x * y > Integer.MAX_VALUE || x * y * z > Integer.MAX_VALUE) {
      throw HeaderText.bad(field, "fewer than 2^31 voxels", x + " x " + y + " x " + z);
    }
    return VolumeGrid.ofSize((int) x, (int) y, (int) z);
  }

  /** A layout on a grid, or an error that names the field. */
  static Layout layout(String field, VolumeGrid grid, long components, boolean colored, long runs)
      throws IOException {
    boolean each = components >= 1 && runs >= 1;
    // Written as quotients, so that no product overflows.
    if (!each
        || components > Integer.MAX_VALUE / grid.voxels()
        || runs > Integer.MAX_VALUE / components
        || runs > MAXIMUM_SAMPLES / (components * grid.voxels())) {
      throw HeaderText.bad(
          field,
          "fewer than 2^31 samples side by side and fewer than 2^31 volumes",
          components + " samples a voxel, " + runs + " volumes");
    }
    return new Layout((int) components, colored, (int) runs);
  }

  /**
   * What to read for all volumes.
   *
   * @return runs of all voxels
   */
  public VoxelData.Wanted all() {
    int count = grid.voxels() * layout.components();
    return new VoxelData.Wanted(samples, layout.components(), count, layout.runs(), true);
  }
}
