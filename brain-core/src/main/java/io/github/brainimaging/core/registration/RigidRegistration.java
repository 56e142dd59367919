package io.github.brainimaging.core.registration;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.work.Progress;

/**
 * Turns and shifts a moving image so that it lies on a fixed one of the same head, such as CT on
 * MRI.
 *
 * <p>What is maximized is the normalized mutual information {@code (H(A) + H(B)) / H(A, B)} (C.
 * Studholme, D. Hill, D. Hawkes: An overlap invariant entropy measure of 3D medical image
 * alignment, Pattern Recognition 32, 1999, 71), of 32 gray levels between the 0.5th and the 99.5th
 * percentile of each image, with linear interpolation, over at most 60,000 points of the fixed
 * image, which lie off its voxels by a fixed chance. The search has no derivatives and goes from
 * coarse to fine; on the coarsest level it begins at no rotation and at 15 degrees about each axis
 * in either direction, with the images as they lie and with their centers on each other.
 *
 * <p>Coordinates are RAS+ mm if both volumes have an affine, else mm from the first voxel if both
 * spacings are known, else voxels. Both must be gray. Samples that are not finite are left out. It
 * finds turns of up to about 25 degrees and shifts of up to about a quarter of the head; whether it
 * did must be looked at, since another head also has a best alignment. One may be a slab or a part
 * of the other; where they cannot be brought to overlap by three tenths of the smaller one, the
 * result has not converged and its measure is 1.
 *
 * <p>Deterministic, on one thread; an interrupt of it, or the progress, ends the work by a {@link
 * java.util.concurrent.CancellationException}; the thread stays interrupted.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class RigidRegistration {

  private static final int DEFAULT_LEVELS = 3;
  private static final int MOST_LEVELS = 6;

  private final int levels;
  private final Progress progress;

  private RigidRegistration(int levels, Progress progress) {
    this.levels = levels;
    this.progress = progress;
  }

  /**
   * What a registration gives.
   *
   * @param aligned the moving image on the grid of the fixed one, linearly interpolated; its
   *     smallest sample where it does not reach
   * @param transform from points of the fixed image to points of the moving one
   * @param measure the normalized mutual information reached, 1 to 2; 1 if nothing was found
   * @param converged false if nothing was found, or the search was ended by its number of steps;
   *     the result is then the best so far
   * @param <T> image or volume
   */
  public record Aligned<T>(
      T aligned, RigidTransform transform, double measure, boolean converged) {}

  /**
   * Three levels of resolution: a quarter, a half and the whole.
   *
   * @return the registration
   */
  public static RigidRegistration withDefaults() {
    return new RigidRegistration(DEFAULT_LEVELS, Progress.none());
  }

  /**
   * The same with another number of levels.
   *
   * @param newLevels levels of resolution, 1 to 6; an axis of less than 32 voxels is not halved
   * @return a new registration
   * @throws IllegalArgumentException if it is out of range
   */
  public RigidRegistration withLevels(int newLevels) {
    Arguments.require(
        newLevels >= 1 && newLevels <= MOST_LEVELS,
        "levels must be 1 to %s, got %s",
        MOST_LEVELS,
        newLevels);
    return new RigidRegistration(newLevels, progress);
  }

  /**
   * The same with a listener.
   *
   * @param newProgress told after each search, and may cancel; default nobody
   * @return a new registration
   */
  public RigidRegistration withProgress(Progress newProgress) {
    return new RigidRegistration(levels, newProgress);
  }

  /**
   * Aligns a slice.
   *
   * @param fixed stays where it is, gray
   * @param moving is turned in its plane and shifted, gray; its size and spacing may be others
   * @return the moving slice on the grid of the fixed one, with its own modality and nominal
   *     maximum
   * @throws IllegalArgumentException if an image is not gray or is constant, or only one spacing is
   *     known
   */
  public Aligned<MedicalImage> align(MedicalImage fixed, MedicalImage moving) {
    requireGray(fixed.channels(), moving.channels());
    SampledGrid fixedGrid = grid(fixed);
    SampledGrid movingGrid = grid(moving);
    requireSameUnit(fixed.spacing().isKnown(), moving.spacing().isKnown());
    Search.Found found = new Search(levels, progress).run(fixedGrid, movingGrid);
    float[] aligned = resample(fixedGrid, movingGrid, found.transform(), moving.range()[0]);
    return new Aligned<>(
        moving.wrapPixels(fixed.width(), fixed.height(), 1, aligned).withSpacing(fixed.spacing()),
        found.transform(),
        found.measure(),
        found.converged());
  }

  /**
   * Aligns a volume.
   *
   * @param fixed stays where it is, gray
   * @param moving is turned and shifted, gray; its size and spacing may be others
   * @return the moving volume on the grid of the fixed one
   * @throws IllegalArgumentException if a volume is not gray or is constant, or only one spacing is
   *     known
   */
  public Aligned<MedicalVolume> align(MedicalVolume fixed, MedicalVolume moving) {
    requireGray(fixed.channels(), moving.channels());
    requireSameUnit(fixed.spacing().isKnown(), moving.spacing().isKnown());
    boolean byAffine = fixed.affine().isPresent() && moving.affine().isPresent();
    SampledGrid fixedGrid = grid(fixed, byAffine);
    SampledGrid movingGrid = grid(moving, byAffine);
    Search.Found found = new Search(levels, progress).run(fixedGrid, movingGrid);
    float[] aligned = resample(fixedGrid, movingGrid, found.transform(), moving.range()[0]);
    return new Aligned<>(
        moving.wrapVoxels(fixed.grid(), aligned),
        found.transform(),
        found.measure(),
        found.converged());
  }

  private static SampledGrid grid(MedicalImage image) {
    VolumeGrid grid = VolumeGrid.ofSlice(image);
    return SampledGrid.of(grid, image.samples(), SampledGrid.toMm(grid, false));
  }

  private static SampledGrid grid(MedicalVolume volume, boolean byAffine) {
    VolumeGrid grid = volume.grid();
    return SampledGrid.of(grid, volume.samples(), SampledGrid.toMm(grid, byAffine));
  }

  private static void requireGray(int fixed, int moving) {
    Arguments.require(fixed == 1, "fixed must be gray (1 channel), got %s", fixed);
    Arguments.require(moving == 1, "moving must be gray (1 channel), got %s", moving);
  }

  private static void requireSameUnit(boolean fixedKnown, boolean movingKnown) {
    Arguments.require(
        fixedKnown == movingKnown,
        "spacing must be known of both images or of none, got fixed: %s, moving: %s",
        fixedKnown,
        movingKnown);
  }

  private static float[] resample(
      SampledGrid fixed, SampledGrid moving, RigidTransform transform, float outside) {
    Affine map = fixed.toMm().then(transform.toAffine()).then(moving.toMm().inverse());
    double[] m = map.toArray();
    float[] aligned = new float[fixed.samples().length];
    int i = 0;
    for (int z = 0; z < fixed.depth(); z++) {
      for (int y = 0; y < fixed.height(); y++) {
        double x0 = m[1] * y + m[2] * z + m[3];
        double y0 = m[5] * y + m[6] * z + m[7];
        double z0 = m[9] * y + m[10] * z + m[11];
        for (int x = 0; x < fixed.width(); x++) {
          double value = moving.at(x0 + m[0] * x, y0 + m[4] * x, z0 + m[8] * x);
          aligned[i++] = Double.isNaN(value) ? outside : (float) value;
        }
      }
    }
    return aligned;
  }

  @Override
  public String toString() {
    return "RigidRegistration[levels="
        + levels
        + (progress == Progress.none() ? "]" : ", with progress]");
  }
}
