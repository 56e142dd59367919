package io.github.brainimaging.segmentation.skullstrip;

import io.github.brainimaging.core.grid.TomographyCheck;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.VolumeTransform;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.segmentation.internal.BitMask;
import io.github.brainimaging.segmentation.internal.Element;
import io.github.brainimaging.segmentation.internal.Grid;
import io.github.brainimaging.segmentation.internal.Regions;
import java.util.concurrent.CancellationException;

/**
 * Finds the brain in a volume of a head with a surface that grows from within until it meets the
 * fluid and bone around the brain (S. M. Smith, "Fast robust automated brain extraction", Human
 * Brain Mapping 17, 2002: BET). Afterwards fluid and blood that the surface has enclosed are peeled
 * off, down to 5 mm: what stays is tissue about as bright as that around it, with furrows up to 14
 * mm wide closed, and all that lies deeper and is not as dark as air, in one piece and without
 * holes.
 *
 * <p>More exact than {@link SkullStripper} where whole heads are at hand. All lengths are in
 * millimeters, whatever the distances of columns, rows and slices and however the volume is turned;
 * voxels of unknown spacing are taken for cubes of 1 mm. Neither scale nor offset of the gray
 * values matters, nor whether the background is 0 or padded. Made for MRI in which the brain is
 * brighter than the bone around it: T1, with contrast agent or not, T2, PD, FLAIR. An empty or
 * constant volume has an empty brain; samples that are not finite are taken as the smallest one.
 *
 * <p>Deterministic, on one thread; an interrupt of it ends the work by a {@link
 * CancellationException}, and the thread stays interrupted. Immutable and safe to share between
 * threads if the progress is.
 *
 * @since 0.1.0
 */
public final class SurfaceSkullStripper implements VolumeTransform {

  /** Steps of the surface (Smith 2002). */
  private static final int STEPS = 1_000;

  /** Gray value above which enclosed voxels are surely tissue: darkest is 0, the median 1. */
  private static final double CERTAIN_TISSUE = 0.7;

  /** How bright tissue is at least, in comparison with what is surely tissue around it. */
  private static final double TISSUE = 0.8;

  /** How deep below the surface fluid is peeled off. */
  private static final double PEEL_MM = 5;

  private static final double OPENING_MM = 1;
  private static final double CLOSING_MM = 7;

  private static final SurfaceSkullStripper DEFAULTS =
      new SurfaceSkullStripper(0.6, Progress.none());

  private final double fraction;
  private final Progress progress;

  private SurfaceSkullStripper(double fraction, Progress progress) {
    this.fraction = fraction;
    this.progress = progress;
  }

  /**
   * The defaults.
   *
   * @return fraction 0.6, nobody is told of progress
   */
  public static SurfaceSkullStripper withDefaults() {
    return DEFAULTS;
  }

  /**
   * How much darker than the brain the surface takes for outside.
   *
   * @param newFraction above 0, below 1; larger values make the brain smaller; default 0.6 (Smith's
   *     {@code b_t} is 0.5, at which more of the fluid is enclosed, and later peeled off)
   * @return a new stripper
   * @throws IllegalArgumentException if the fraction is outside this range
   */
  public SurfaceSkullStripper withFraction(double newFraction) {
    Arguments.require(
        newFraction > 0 && newFraction < 1,
        "fraction must be between 0 and 1, got %s",
        newFraction);
    return new SurfaceSkullStripper(newFraction, progress);
  }

  /**
   * Who is told how far the work has come.
   *
   * @param newProgress told after each step of the surface; default nobody
   * @return a new stripper
   */
  public SurfaceSkullStripper withProgress(Progress newProgress) {
    return new SurfaceSkullStripper(fraction, newProgress);
  }

  /**
   * Sets everything outside the brain to the smallest finite sample.
   *
   * @param volume one channel
   * @return the stripped volume, on the same grid
   * @throws IllegalArgumentException if the volume has several channels
   * @throws CancellationException if the progress says so or the thread is interrupted
   */
  @Override
  public MedicalVolume apply(MedicalVolume volume) {
    return extract(volume).keep(volume);
  }

  /**
   * Finds the brain.
   *
   * @param volume one channel
   * @return the brain, on the volume's grid; empty for a constant volume
   * @throws IllegalArgumentException if the volume has several channels
   * @throws CancellationException if the progress says so or the thread is interrupted
   */
  public VolumeMask extract(MedicalVolume volume) {
    TomographyCheck.warn("SurfaceSkullStripper", volume.modality(), volume.samples());
    VolumeContent content = VolumeContent.of(volume);
    VoxelField field = VoxelField.of(content.inside());
    HeadStatistics head = HeadStatistics.of(field);
    if (head.radius() == 0) {
      return VolumeMask.empty(volume.grid());
    }
    BrainSurface surface = new BrainSurface(field, head, fraction);
    for (int i = 0; i < STEPS; i++) {
      surface.step();
      progress.report("step of the surface", i + 1, STEPS);
    }
    BitMask enclosed =
        BitMask.of(
            SurfaceFilling.of(field, surface.points(), surface.triangles()),
            field.width(),
            field.height() * field.depth());
    return content.restore(peel(enclosed, Grid.of(content.inside()), field, head));
  }

  private static BitMask peel(BitMask enclosed, Grid grid, VoxelField field, HeadStatistics head) {
    double certain = head.darkest() + CERTAIN_TISSUE * (head.median() - head.darkest());
    BitMask tissue =
        LocalBrightness.above(
            field, enclosed, enclosed.above(field.samples(), certain), head.darkest(), TISSUE);
    Element opening = grid.round(OPENING_MM);
    Regions parts = grid.regions(opening.erode(tissue), false);
    BitMask outer = opening.dilate(parts.largest()).and(tissue);
    // What is as dark as the air around the head is a cavity of the skull, however deep.
    BitMask deep =
        grid.round(PEEL_MM).erodeFromBorder(enclosed).above(field.samples(), head.tissue());
    BitMask closed = grid.round(CLOSING_MM).close(outer.or(deep)).and(enclosed);
    return grid.fillHoles(grid.regions(closed, false).largest());
  }

  /** The fraction and who is told of progress. */
  @Override
  public String toString() {
    return "SurfaceSkullStripper[fraction=%s, progress=%s]".formatted(fraction, progress);
  }
}
