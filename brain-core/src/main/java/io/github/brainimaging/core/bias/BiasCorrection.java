package io.github.brainimaging.core.bias;

import io.github.brainimaging.core.grid.TomographyCheck;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.VolumeTransform;
import io.github.brainimaging.core.work.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Divides an MR image by its bias field, which it estimates from the image alone.
 *
 * <p>The image is taken to be the true image times a smooth field; in logarithms, their sum. Again
 * and again the histogram of the logarithms is sharpened, since the field has blurred it (J. Sled,
 * A. Zijdenbos, A. Evans: A nonparametric method for automatic correction of intensity
 * nonuniformity in MRI data, IEEE Trans. Medical Imaging 17(1), 1998, 87: 200 bins, Gaussian of a
 * width of 0.15 at half maximum, Wiener noise 0.01); what a voxel differs from its sharpened value
 * is smoothed by cubic B-splines and is the field. {@link #n4()} estimates what is left of the
 * field in each iteration and halves the distance of the splines' knots from level to level (N.
 * Tustison and others: N4ITK: improved N3 bias correction, IEEE Trans. Medical Imaging 29(6), 2010,
 * 1310). {@link #n3()} estimates the whole field anew in each iteration, on one level.
 *
 * <p>A level ends after its iterations, or when the field's change has a coefficient of variation
 * below 0.001 inside the mask. Only finite, positive voxels inside the mask, and of them every
 * {@link #withShrinkFactor shrink factor}-th on each axis, are looked at; the field is smooth, so
 * it is computed, and all voxels are divided by it, in full resolution. Without a mask, the voxels
 * above {@code p1 + 0.1 (p99 - p1)} of the image's 1st and 99th percentile are taken. Where nothing
 * is to be learned (empty mask, constant image) the field is 1.
 *
 * <p>Volumes and slices of one channel, of any size. The field is relative, so the corrected image
 * keeps the mean of what is looked at; size, spacing, modality and nominal maximum stay. Samples
 * that are not finite stay so. Deterministic, on one thread; an interrupt of it, or the progress,
 * ends the work by a {@link java.util.concurrent.CancellationException}; the thread stays
 * interrupted.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class BiasCorrection implements Transform, VolumeTransform {

  private static final int DEFAULT_SHRINK_FACTOR = 4;
  private static final int DEFAULT_ITERATIONS = 50;
  private static final int N4_LEVELS = 4;
  private static final int MOST_LEVELS = 8;
  private static final double N4_KNOT_SPACING_MM = 200;
  private static final double N3_KNOT_SPACING_MM = 50;

  private final boolean incremental;
  private final int levels;
  private final int iterations;
  private final int shrinkFactor;
  private final double knotSpacingMm;
  private final Progress progress;

  private BiasCorrection(
      boolean incremental,
      int levels,
      int iterations,
      int shrinkFactor,
      double knotSpacingMm,
      Progress progress) {
    this.incremental = incremental;
    this.levels = levels;
    this.iterations = iterations;
    this.shrinkFactor = shrinkFactor;
    this.knotSpacingMm = knotSpacingMm;
    this.progress = progress;
  }

  /**
   * What a correction gives.
   *
   * @param corrected the image divided by the field
   * @param field the field, positive, on the image's grid
   * @param iterations number of iterations of all levels together
   * @param <T> image or volume
   */
  public record Corrected<T>(T corrected, T field, int iterations) {}

  /**
   * N4 with 4 levels of up to 50 iterations, a shrink factor of 4, and knots that are 200 mm apart
   * on the first level: N4ITK's defaults, with the knots of ANTs.
   *
   * @return the correction
   */
  public static BiasCorrection n4() {
    return new BiasCorrection(
        true,
        N4_LEVELS,
        DEFAULT_ITERATIONS,
        DEFAULT_SHRINK_FACTOR,
        N4_KNOT_SPACING_MM,
        Progress.none());
  }

  /**
   * N3 with up to 50 iterations, a shrink factor of 4, as published, and knots that are 50 mm apart
   * (published for 1.5 T: 200 mm; R. Boyes and others, NeuroImage 39(4), 2008, 1752, found 50 mm or
   * less better). N4 is faster and better.
   *
   * @return the correction
   */
  public static BiasCorrection n3() {
    return new BiasCorrection(
        false, 1, DEFAULT_ITERATIONS, DEFAULT_SHRINK_FACTOR, N3_KNOT_SPACING_MM, Progress.none());
  }

  /**
   * The same with another number of levels.
   *
   * @param newLevels 1 to 8; each halves the distance of the knots
   * @return a new correction
   * @throws IllegalArgumentException if it is out of range
   */
  public BiasCorrection withLevels(int newLevels) {
    Arguments.require(
        newLevels >= 1 && newLevels <= MOST_LEVELS,
        "levels must be 1 to %s, got %s",
        MOST_LEVELS,
        newLevels);
    return new BiasCorrection(
        incremental, newLevels, iterations, shrinkFactor, knotSpacingMm, progress);
  }

  /**
   * The same with another limit of iterations.
   *
   * @param newIterations most iterations of each level, positive
   * @return a new correction
   * @throws IllegalArgumentException if it is not positive
   */
  public BiasCorrection withIterations(int newIterations) {
    Arguments.requirePositive("iterations", newIterations);
    return new BiasCorrection(
        incremental, levels, newIterations, shrinkFactor, knotSpacingMm, progress);
  }

  /**
   * The same, looking at more or fewer voxels.
   *
   * @param newShrinkFactor every how manyth voxel of each axis is looked at, positive; less on an
   *     axis whose spacing is larger than that of the others
   * @return a new correction
   * @throws IllegalArgumentException if it is not positive
   */
  public BiasCorrection withShrinkFactor(int newShrinkFactor) {
    Arguments.requirePositive("shrinkFactor", newShrinkFactor);
    return new BiasCorrection(
        incremental, levels, iterations, newShrinkFactor, knotSpacingMm, progress);
  }

  /**
   * The same with other knots.
   *
   * @param newKnotSpacingMm distance of the B-splines' knots on the first level in mm, positive; a
   *     whole number of intervals is fitted to each axis. If the image's spacing is not known there
   *     is one interval on each axis
   * @return a new correction
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public BiasCorrection withKnotSpacingMm(double newKnotSpacingMm) {
    Arguments.requirePositive("knotSpacingMm", newKnotSpacingMm);
    return new BiasCorrection(
        incremental, levels, iterations, shrinkFactor, newKnotSpacingMm, progress);
  }

  /**
   * The same with a listener.
   *
   * @param newProgress told after each iteration, and may cancel; the total is the most there can
   *     be, since a level may end early. Default: nobody
   * @return a new correction
   */
  public BiasCorrection withProgress(Progress newProgress) {
    return new BiasCorrection(
        incremental, levels, iterations, shrinkFactor, knotSpacingMm, newProgress);
  }

  /**
   * Corrects a slice without a mask.
   *
   * @param image one channel
   * @return the corrected image
   * @throws IllegalArgumentException if the image has another number of channels
   */
  @Override
  public MedicalImage apply(MedicalImage image) {
    return correct(image).corrected();
  }

  /**
   * Corrects a volume without a mask.
   *
   * @param volume one channel
   * @return the corrected volume
   * @throws IllegalArgumentException if the volume has another number of channels
   */
  @Override
  public MedicalVolume apply(MedicalVolume volume) {
    return correct(volume).corrected();
  }

  /**
   * Corrects a slice without a mask.
   *
   * @param image one channel
   * @return the corrected image and the field
   * @throws IllegalArgumentException if the image has another number of channels
   */
  public Corrected<MedicalImage> correct(MedicalImage image) {
    return correctBy(image, null);
  }

  /**
   * Corrects a slice by what is inside a mask.
   *
   * @param image one channel
   * @param mask the voxels to look at, of the image's size
   * @return the corrected image and the field
   * @throws IllegalArgumentException if the image has another number of channels or the mask
   *     another size
   */
  public Corrected<MedicalImage> correct(MedicalImage image, Mask mask) {
    Arguments.require(
        mask.width() == image.width() && mask.height() == image.height(),
        "mask must have the size of the image, %d x %d, got %d x %d",
        image.width(),
        image.height(),
        mask.width(),
        mask.height());
    return correctBy(image, mask.toArray());
  }

  /**
   * Corrects a volume without a mask.
   *
   * @param volume one channel
   * @return the corrected volume and the field
   * @throws IllegalArgumentException if the volume has another number of channels
   */
  public Corrected<MedicalVolume> correct(MedicalVolume volume) {
    return correctBy(volume, null);
  }

  /**
   * Corrects a volume by what is inside a mask.
   *
   * @param volume one channel
   * @param mask the voxels to look at, on the volume's grid
   * @return the corrected volume and the field
   * @throws IllegalArgumentException if the volume has another number of channels or the mask lies
   *     on another grid
   */
  public Corrected<MedicalVolume> correct(MedicalVolume volume, VolumeMask mask) {
    Arguments.require(
        mask.grid().matches(volume.grid()),
        "mask must lie on the volume's grid, %s, got %s",
        volume.grid(),
        mask.grid());
    return correctBy(volume, mask.toArray());
  }

  private Corrected<MedicalImage> correctBy(MedicalImage image, boolean @Nullable [] mask) {
    VolumeGrid grid = VolumeGrid.ofSlice(image);
    requireGray("image", image.channels());
    float[] samples = image.samples();
    TomographyCheck.warn("BiasCorrection", image.modality(), samples);
    FieldEstimate estimate = estimate(grid, samples, mask);
    float[] field = divide(grid, samples, estimate);
    return new Corrected<>(
        image.wrapSamples(samples),
        image.wrapSamples(field).withNominalMaximum(Float.NaN),
        estimate.iterations());
  }

  private Corrected<MedicalVolume> correctBy(MedicalVolume volume, boolean @Nullable [] mask) {
    requireGray("volume", volume.channels());
    float[] samples = volume.samples();
    TomographyCheck.warn("BiasCorrection", volume.modality(), samples);
    FieldEstimate estimate = estimate(volume.grid(), samples, mask);
    float[] field = divide(volume.grid(), samples, estimate);
    return new Corrected<>(
        volume.wrapSamples(samples), volume.wrapSamples(field), estimate.iterations());
  }

  private static void requireGray(String name, int channels) {
    Arguments.require(channels == 1, "%s must be gray (1 channel), got %s", name, channels);
  }

  private FieldEstimate estimate(VolumeGrid grid, float[] samples, boolean @Nullable [] mask) {
    LogSamples logs = LogSamples.of(grid, samples, mask, shrinkFactor);
    return new FieldEstimator(incremental, levels, iterations, progress)
        .estimate(logs, SplineMesh.of(grid, knotSpacingMm));
  }

  /** Divides the samples, which are changed, and gives the field. */
  private static float[] divide(VolumeGrid grid, float[] samples, FieldEstimate estimate) {
    float[] field = estimate.field(grid);
    for (int i = 0; i < samples.length; i++) {
      samples[i] /= field[i];
    }
    return field;
  }

  @Override
  public String toString() {
    return (incremental ? "BiasCorrection[N4" : "BiasCorrection[N3")
        + ", levels="
        + levels
        + ", iterations="
        + iterations
        + ", shrinkFactor="
        + shrinkFactor
        + ", knotSpacingMm="
        + knotSpacingMm
        + (progress == Progress.none() ? "]" : ", with progress]");
  }
}
