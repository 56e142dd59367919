package io.github.brainimaging.core.image;

import io.github.brainimaging.core.internal.Arguments;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the voxels of a volume lie: their number along each index, their spacing, and the affine
 * map from indices to millimeters in the patient. A file may tell all of it, only the spacing, or
 * nothing; what it does not tell stays unknown and is never taken to be the identity.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class VolumeGrid {

  private final int width;
  private final int height;
  private final int depth;
  private final VoxelSpacing spacing;
  private final @Nullable Affine affine;

  private VolumeGrid(
      int width, int height, int depth, VoxelSpacing spacing, @Nullable Affine affine) {
    this.width = Arguments.requirePositive("width", width);
    this.height = Arguments.requirePositive("height", height);
    this.depth = Arguments.requirePositive("depth", depth);
    Arguments.require(
        // The first part keeps the product of three from overflowing.
        (long) width * height <= Integer.MAX_VALUE
            && (long) width * height * depth <= Integer.MAX_VALUE,
        "width x height x depth must be at most 2^31 - 1, got %d x %d x %d",
        width,
        height,
        depth);
    this.spacing = Objects.requireNonNull(spacing, "spacing");
    this.affine = affine;
  }

  /**
   * A grid of unknown spacing and place.
   *
   * @param width columns, positive
   * @param height rows, positive
   * @param depth slices, positive
   * @return the grid
   * @throws IllegalArgumentException if a size is not positive, or there are 2^31 voxels or more
   */
  public static VolumeGrid ofSize(int width, int height, int depth) {
    return new VolumeGrid(width, height, depth, VoxelSpacing.UNKNOWN, null);
  }

  /**
   * The grid of an image as a volume of one slice, of unknown place. Where the spacing is known,
   * the slice is taken to be as thick as its columns are apart.
   *
   * @param image the image
   * @return the grid
   */
  public static VolumeGrid ofSlice(MedicalImage image) {
    VolumeGrid grid = ofSize(image.width(), image.height(), 1);
    Spacing spacing = image.spacing();
    return spacing.isKnown()
        ? grid.withSpacing(new VoxelSpacing(spacing.x(), spacing.y(), spacing.x()))
        : grid;
  }

  /**
   * The same size with another spacing, of unknown place: the affine, if any, is dropped.
   *
   * @param newSpacing the spacing
   * @return the new grid
   */
  public VolumeGrid withSpacing(VoxelSpacing newSpacing) {
    return new VolumeGrid(width, height, depth, newSpacing, null);
  }

  /**
   * The same size at another place. The spacing becomes that of the affine.
   *
   * @param newAffine voxel to RAS+ mm
   * @return the new grid
   */
  public VolumeGrid withAffine(Affine newAffine) {
    return new VolumeGrid(width, height, depth, newAffine.spacing(), newAffine);
  }

  /**
   * Number of columns.
   *
   * @return positive
   */
  public int width() {
    return width;
  }

  /**
   * Number of rows.
   *
   * @return positive
   */
  public int height() {
    return height;
  }

  /**
   * Number of slices.
   *
   * @return positive
   */
  public int depth() {
    return depth;
  }

  /**
   * Number of voxels.
   *
   * @return width x height x depth
   */
  public int voxels() {
    return width * height * depth;
  }

  /**
   * Distance between voxel centers.
   *
   * @return {@link VoxelSpacing#UNKNOWN} if it is not known
   */
  public VoxelSpacing spacing() {
    return spacing;
  }

  /**
   * The map from voxel indices to millimeters in the patient.
   *
   * @return RAS+ mm; empty if it is not known
   */
  public Optional<Affine> affine() {
    return Optional.ofNullable(affine);
  }

  /**
   * The affine, for what cannot be done without.
   *
   * @return RAS+ mm
   * @throws IllegalArgumentException if it is not known
   */
  public Affine requireAffine() {
    return affine()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "grid must have a known affine (place and orientation), got " + this));
  }

  /**
   * The volume of one voxel.
   *
   * @return mm3, NaN if the spacing is unknown
   */
  public double voxelVolumeMm3() {
    return affine == null ? spacing.voxelVolumeMm3() : Math.abs(affine.determinant());
  }

  /**
   * Whether a voxel of one grid is the voxel of the same index of the other: equal size, and no
   * corner further apart than a thousandth of the smallest spacing. Where one affine is unknown,
   * sizes and known spacings decide.
   *
   * @param other another grid
   * @return true if they are the same but for rounding
   */
  public boolean matches(VolumeGrid other) {
    if (width != other.width || height != other.height || depth != other.depth) {
      return false;
    }
    if (affine == null || other.affine == null) {
      return !spacing.isKnown()
          || !other.spacing.isKnown()
          || (near(spacing.x(), other.spacing.x())
              && near(spacing.y(), other.spacing.y())
              && near(spacing.z(), other.spacing.z()));
    }
    double tolerance = 1e-3 * Math.min(spacing.x(), Math.min(spacing.y(), spacing.z()));
    for (int corner = 0; corner < 8; corner++) {
      double x = (corner & 1) == 0 ? 0 : width - 1;
      double y = (corner & 2) == 0 ? 0 : height - 1;
      double z = (corner & 4) == 0 ? 0 : depth - 1;
      double[] here = affine.apply(x, y, z);
      double[] there = other.affine.apply(x, y, z);
      for (int i = 0; i < 3; i++) {
        if (!(Math.abs(here[i] - there[i]) <= tolerance)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean near(double a, double b) {
    return Math.abs(a - b) <= 1e-3 * Math.min(a, b);
  }

  /** Equal size, spacing and affine. */
  @Override
  public boolean equals(Object other) {
    return other instanceof VolumeGrid that
        && width == that.width
        && height == that.height
        && depth == that.depth
        && spacing.equals(that.spacing)
        && Objects.equals(affine, that.affine);
  }

  @Override
  public int hashCode() {
    return Objects.hash(width, height, depth, spacing, affine);
  }

  /** Size, spacing and orientation. */
  @Override
  public String toString() {
    return "VolumeGrid["
        + width
        + "x"
        + height
        + "x"
        + depth
        + ", "
        + spacing
        + ", "
        + (affine == null ? "unknown orientation" : affine.orientation())
        + "]";
  }
}
