package io.github.brainimaging.core.image;

import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A three-dimensional set of voxels: true inside, false outside, on the grid of the volume it
 * belongs to. Voxel (x, y, z) is at {@code (z * height + y) * width + x}.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class VolumeMask {

  private final VolumeGrid grid;
  private final boolean[] inside;
  private final int count;

  private VolumeMask(VolumeGrid grid, boolean[] inside) {
    this.grid = Objects.requireNonNull(grid, "grid");
    Arguments.require(
        inside.length == grid.voxels(),
        "inside must hold width x height x depth = %d x %d x %d values, got %d",
        grid.width(),
        grid.height(),
        grid.depth(),
        inside.length);
    this.inside = inside;
    int n = 0;
    for (boolean b : inside) {
      n += b ? 1 : 0;
    }
    this.count = n;
  }

  /**
   * A mask from its voxels.
   *
   * @param grid size and place
   * @param inside one value per voxel, slice after slice, row after row; copied
   * @return the mask
   * @throws IllegalArgumentException if the number of values is another
   */
  public static VolumeMask of(VolumeGrid grid, boolean[] inside) {
    return new VolumeMask(grid, inside.clone());
  }

  /**
   * Like {@link #of}, without the copy: the caller hands the array over and must not touch it
   * again.
   *
   * @param grid size and place
   * @param inside one value per voxel, slice after slice, row after row; kept, not copied
   * @return the mask
   * @throws IllegalArgumentException if the number of values is another
   */
  public static VolumeMask wrap(VolumeGrid grid, boolean[] inside) {
    return new VolumeMask(grid, inside);
  }

  /**
   * A mask with no voxel inside.
   *
   * @param grid size and place
   * @return the mask
   */
  public static VolumeMask empty(VolumeGrid grid) {
    return new VolumeMask(grid, new boolean[grid.voxels()]);
  }

  /**
   * The voxels of a volume that are above a value, in the first channel. A mask file with values 0
   * and 1 becomes a mask with a threshold of 0.
   *
   * @param volume the volume
   * @param threshold voxels with a larger value are inside; NaN is outside
   * @return a mask on the volume's grid
   */
  public static VolumeMask above(MedicalVolume volume, float threshold) {
    VolumeGrid grid = volume.grid();
    boolean[] inside = new boolean[grid.voxels()];
    int pixels = grid.width() * grid.height();
    float[] slice = new float[volume.channels() * pixels];
    for (int z = 0; z < grid.depth(); z++) {
      volume.copySliceTo(z, slice, 0);
      for (int i = 0; i < pixels; i++) {
        inside[z * pixels + i] = slice[i] > threshold;
      }
    }
    return new VolumeMask(grid, inside);
  }

  /**
   * Size and place of the voxels.
   *
   * @return the grid
   */
  public VolumeGrid grid() {
    return grid;
  }

  /**
   * Whether a voxel is inside.
   *
   * @param x column, 0 to width - 1
   * @param y row, 0 to height - 1
   * @param z slice, 0 to depth - 1
   * @return true if inside
   * @throws IndexOutOfBoundsException if the voxel is outside the grid
   */
  public boolean get(int x, int y, int z) {
    Objects.checkIndex(x, grid.width());
    Objects.checkIndex(y, grid.height());
    Objects.checkIndex(z, grid.depth());
    return inside[(z * grid.height() + y) * grid.width() + x];
  }

  /**
   * One slice.
   *
   * @param z slice, 0 to depth - 1
   * @return a mask with the rows and columns as they are stored
   * @throws IndexOutOfBoundsException if there is no such slice
   */
  public Mask slice(int z) {
    Objects.checkIndex(z, grid.depth());
    int pixels = grid.width() * grid.height();
    return Mask.wrap(
        grid.width(), grid.height(), Arrays.copyOfRange(inside, z * pixels, (z + 1) * pixels));
  }

  /**
   * All voxels.
   *
   * @return a new array, slice after slice, row after row
   */
  public boolean[] toArray() {
    return inside.clone();
  }

  /**
   * Number of voxels inside.
   *
   * @return 0 or more
   */
  public int count() {
    return count;
  }

  /**
   * Whether no voxel is inside.
   *
   * @return true if {@link #count()} is 0
   */
  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * The volume of what is inside.
   *
   * @return milliliters, 0 for an empty mask; empty if the spacing is unknown
   */
  public OptionalDouble volumeMl() {
    return grid.spacing().isKnown()
        ? OptionalDouble.of(count * grid.voxelVolumeMm3() / 1000)
        : OptionalDouble.empty();
  }

  /**
   * A volume with its smallest finite sample everywhere outside of this mask.
   *
   * @param volume one channel, of the size of this mask's grid
   * @return a new volume on its own grid
   * @throws IllegalArgumentException if the volume has another size or several channels
   */
  public MedicalVolume keep(MedicalVolume volume) {
    Arguments.require(
        volume.channels() == 1 && volume.grid().voxels() == inside.length,
        "volume must have 1 channel of %s voxels, got %s of %s",
        inside.length,
        volume.channels(),
        volume.grid().voxels());
    float[] samples = volume.samples();
    float smallest = volume.range()[0];
    for (int i = 0; i < samples.length; i++) {
      if (!inside[i]) {
        samples[i] = smallest;
      }
    }
    return volume.wrapSamples(samples);
  }

  /**
   * The mask as a volume: 1 inside and 0 outside.
   *
   * @return a volume of one channel on the same grid
   */
  public MedicalVolume toVolume() {
    float[] samples = new float[inside.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = inside[i] ? 1 : 0;
    }
    return MedicalVolume.wrap(grid, 1, samples);
  }

  /** Equal grid and voxels. */
  @Override
  public boolean equals(Object other) {
    return other instanceof VolumeMask that
        && grid.equals(that.grid)
        && Arrays.equals(inside, that.inside);
  }

  @Override
  public int hashCode() {
    return Objects.hash(grid, Arrays.hashCode(inside));
  }

  /** Grid and number of voxels inside. */
  @Override
  public String toString() {
    return "VolumeMask[" + grid + ", " + count + " inside]";
  }
}
