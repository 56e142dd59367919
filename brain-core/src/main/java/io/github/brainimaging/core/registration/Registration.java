package io.github.brainimaging.core.registration;

import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.work.Progress;
import java.util.List;

/**
 * Turns and shifts a moving image so that it lies on a fixed one of the same head, such as CT on
 * MRI; or, where it is asked to ({@link #withAffine}), also stretches and shears it, so that one
 * head lies on another, such as a template.
 *
 * <p>What is maximized is the normalized mutual information {@code (H(A) + H(B)) / H(A, B)} (C.
 * Studholme, D. Hill, D. Hawkes: An overlap invariant entropy measure of 3D medical image
 * alignment, Pattern Recognition 32, 1999, 71), of 32 gray levels between the 0.5th and the 99.5th
 * percentile of each image, with linear interpolation, over at most 60,000 points of the fixed
 * image, which lie off its voxels by a fixed chance. The search has no derivatives and goes from
 * coarse to fine; on the coarsest level it begins at no rotation and at 15 degrees about each axis
 * in either direction, with the images as they lie and with their centers on each other. An affine
 * search begins where the rigid one ended, again from coarse to fine; each stretch or shear by a
 * tenth must raise the measure by 0.004, since heads do not differ without bounds (J. Ashburner et
 * al.: Incorporating prior knowledge into image registration, NeuroImage 6, 1997, 344), and none is
 * larger than a factor of 1.6.
 *
 * <p>Coordinates are RAS+ mm if both volumes have an affine, else mm from the first voxel if both
 * spacings are known, else voxels. Both must be gray. Samples that are not finite are left out. It
 * finds turns of up to about 25 degrees and shifts of up to about a quarter of the head; whether it
 * did must be looked at, since another head also has a best alignment. One may be a slab or a part
 * of the other; where they cannot be brought to overlap by three tenths of the smaller one, the
 * result has not converged and its measure is 1. What speaks against a result is told by {@link
 * Aligned#doubts}.
 *
 * <p>Deterministic, on one thread; an interrupt of it, or the progress, ends the work by a {@link
 * java.util.concurrent.CancellationException}; the thread stays interrupted.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Registration {

  private static final int DEFAULT_LEVELS = 3;
  private static final int MOST_LEVELS = 6;

  private final int levels;
  private final boolean affine;
  private final Progress progress;

  private Registration(int levels, boolean affine, Progress progress) {
    this.levels = levels;
    this.affine = affine;
    this.progress = progress;
  }

  /**
   * What a registration gives.
   *
   * @param aligned the moving image on the grid of the fixed one, linearly interpolated; its
   *     smallest sample where it does not reach
   * @param transform from points of the fixed image to points of the moving one, in the coordinates
   *     told above
   * @param rigid the turn and the shift in it: all of it, unless an affine transform was asked for,
   *     which first stretches and shears about the same center
   * @param before the normalized mutual information where nothing is moved; 1 if too little
   *     overlaps there
   * @param measure the normalized mutual information reached, 1 to 2; 1 if nothing was found
   * @param overlap how much of the smaller field of view lies within the other one, 0 to 1
   * @param converged false if nothing was found, or the search was ended by its number of steps;
   *     the result is then the best so far
   * @param <T> image or volume
   */
  public record Aligned<T>(
      T aligned,
      Affine transform,
      RigidTransform rigid,
      double before,
      double measure,
      double overlap,
      boolean converged) {

    /**
     * What speaks against it. That there is nothing does not prove it: another head has a best
     * place too.
     *
     * @return in words for people; empty if there is nothing
     */
    public List<String> doubts() {
      return Doubts.of(this);
    }
  }

  /**
   * Rigid, three levels of resolution: a quarter, a half and the whole.
   *
   * @return the registration
   */
  public static Registration withDefaults() {
    return new Registration(DEFAULT_LEVELS, false, Progress.none());
  }

  /**
   * The same with or without stretching and shearing, which one head on another needs. Of one head,
   * rigid is better: it cannot change what is measured.
   *
   * @param newAffine whether the transform has 12 parameters, of a slice 6; false by default
   * @return a new registration
   */
  public Registration withAffine(boolean newAffine) {
    return new Registration(levels, newAffine, progress);
  }

  /**
   * The same with another number of levels.
   *
   * @param newLevels levels of resolution, 1 to 6; an axis of less than 32 voxels is not halved
   * @return a new registration
   * @throws IllegalArgumentException if it is out of range
   */
  public Registration withLevels(int newLevels) {
    Arguments.require(
        newLevels >= 1 && newLevels <= MOST_LEVELS,
        "levels must be 1 to %s, got %s",
        MOST_LEVELS,
        newLevels);
    return new Registration(newLevels, affine, progress);
  }

  /**
   * The same with a listener.
   *
   * @param newProgress told after each search, and may cancel; default nobody
   * @return a new registration
   */
  public Registration withProgress(Progress newProgress) {
    return new Registration(levels, affine, newProgress);
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
    Search.Found found = new Search(levels, affine, progress).run(fixedGrid, movingGrid);
    float[] aligned = resample(fixedGrid, movingGrid, found.transform(), moving.range()[0]);
    return found.with(
        moving.wrapPixels(fixed.width(), fixed.height(), 1, aligned).withSpacing(fixed.spacing()));
  }

  /**
   * Aligns a volume.
   *
   * @param fixed stays where it is, gray
   * @param moving is turned and shifted, gray; its size and spacing may be others
   * @return the moving volume on the grid of the fixed one
   * @throws IllegalArgumentException if a volume is not gray or is constant, only one spacing is
   *     known, or one is a single slice, whose place across it nothing tells, and the other is not
   */
  public Aligned<MedicalVolume> align(MedicalVolume fixed, MedicalVolume moving) {
    requireGray(fixed.channels(), moving.channels());
    requireSameUnit(fixed.spacing().isKnown(), moving.spacing().isKnown());
    if (fixed.depth() > 1 || moving.depth() > 1) {
      requireThick("fixed", fixed.grid());
      requireThick("moving", moving.grid());
    }
    boolean byAffine = fixed.affine().isPresent() && moving.affine().isPresent();
    SampledGrid fixedGrid = grid(fixed, byAffine);
    SampledGrid movingGrid = grid(moving, byAffine);
    Search.Found found = new Search(levels, affine, progress).run(fixedGrid, movingGrid);
    float[] aligned = resample(fixedGrid, movingGrid, found.transform(), moving.range()[0]);
    return found.with(moving.wrapVoxels(fixed.grid(), aligned));
  }

  /**
   * A mask of the moving volume where the registration laid it.
   *
   * @param mask on the grid of the moving volume
   * @param by the result
   * @return the mask on the grid of the fixed volume, by the nearest voxel; small regions can
   *     vanish where its voxels are larger
   */
  public static VolumeMask carry(VolumeMask mask, Aligned<MedicalVolume> by) {
    return VolumeMask.above(carryLabels(mask.toVolume(), by), 0.5f);
  }

  /**
   * A label map of the moving volume, such as an atlas, where the registration laid it.
   *
   * @param labels on the grid of the moving volume
   * @param by the result
   * @return the labels on the grid of the fixed volume, by the nearest voxel; 0 where it does not
   *     reach
   */
  public static MedicalVolume carryLabels(MedicalVolume labels, Aligned<MedicalVolume> by) {
    VolumeGrid fixed = by.aligned().grid();
    VolumeGrid moving = labels.grid();
    boolean byAffine = fixed.affine().isPresent() && moving.affine().isPresent();
    VolumeGrid laid =
        moving.withAffine(SampledGrid.toMm(moving, byAffine).then(by.transform().inverse()));
    VolumeGrid to = fixed.withAffine(SampledGrid.toMm(fixed, byAffine));
    MedicalVolume carried =
        Resample.toGrid(to)
            .withInterpolation(Resample.Method.NEAREST)
            .apply(labels.wrapVoxels(laid, labels.samples()));
    return carried.wrapVoxels(fixed, carried.samples());
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

  private static void requireThick(String name, VolumeGrid grid) {
    Arguments.require(
        Math.min(grid.width(), Math.min(grid.height(), grid.depth())) > 1,
        "%s must be a volume of 2 or more voxels along each axis, got %s x %s x %s",
        name,
        grid.width(),
        grid.height(),
        grid.depth());
  }

  private static void requireSameUnit(boolean fixedKnown, boolean movingKnown) {
    Arguments.require(
        fixedKnown == movingKnown,
        "spacing must be known of both images or of none, got fixed: %s, moving: %s",
        fixedKnown,
        movingKnown);
  }

  private static float[] resample(
      SampledGrid fixed, SampledGrid moving, Affine transform, float outside) {
    Affine map = fixed.toMm().then(transform).then(moving.toMm().inverse());
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
    return "Registration[levels="
        + levels
        + (affine ? ", affine" : "")
        + (progress == Progress.none() ? "]" : ", with progress]");
  }
}
