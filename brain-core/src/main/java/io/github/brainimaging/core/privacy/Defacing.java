package io.github.brainimaging.core.privacy;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Locale;

/**
 * Takes the face out of a volume of a head, so that nobody can be recognized from its surface.
 * Voxels before and below a plane are overwritten; the plane leans by 45 degrees from the front of
 * the brain downwards, and touches the brain but for a margin, as in Quickshear (Schimke and Hale
 * 2011), whose angle follows the brain's outline. Forehead and ears stay.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Defacing {

  private static final double USUAL_MARGIN_MM = 5;

  private final double marginMm;

  private Defacing(double marginMm) {
    this.marginMm = marginMm;
  }

  /**
   * A margin of 5 mm.
   *
   * @return the step
   */
  public static Defacing withDefaults() {
    return new Defacing(USUAL_MARGIN_MM);
  }

  /**
   * The same with another margin.
   *
   * @param newMarginMm between brain and plane; 0 to 50, default 5
   * @return a new step
   * @throws IllegalArgumentException if it is out of range
   */
  public Defacing withMarginMm(double newMarginMm) {
    Arguments.require(
        newMarginMm >= 0 && newMarginMm <= 50, "marginMm must be 0 to 50, got %s", newMarginMm);
    return new Defacing(newMarginMm);
  }

  /**
   * Takes the face out.
   *
   * @param volume a head whose place is known
   * @param brain where the brain is, on the same grid; not empty
   * @return a new volume; what was taken out has its least value, the brain its own values
   * @throws IllegalArgumentException if the grids differ, the affine is unknown or the mask empty
   */
  public MedicalVolume apply(MedicalVolume volume, VolumeMask brain) {
    VolumeGrid grid = volume.grid();
    Arguments.require(
        grid.matches(brain.grid()), "brain must be on the grid of the volume, got another");
    Arguments.require(!brain.isEmpty(), "brain must not be empty, got %s", brain);
    Affine affine = grid.requireAffine();
    boolean[] inside = brain.toArray();
    double farthest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < inside.length; i++) {
      if (inside[i]) {
        farthest = Math.max(farthest, frontAndDown(affine, grid, i));
      }
    }
    float[] samples = volume.samples().clone();
    float empty = volume.range()[0];
    for (int i = 0; i < inside.length; i++) {
      if (frontAndDown(affine, grid, i) > farthest + marginMm) {
        for (int at = i; at < samples.length; at += inside.length) { // channel after channel
          samples[at] = empty;
        }
      }
    }
    return volume.wrapVoxels(grid, samples);
  }

  /** How far a voxel lies to the front and down, in mm along the normal of the plane. */
  private static double frontAndDown(Affine affine, VolumeGrid grid, int index) {
    int x = index % grid.width();
    int y = index / grid.width() % grid.height();
    int z = index / (grid.width() * grid.height());
    double[] place = affine.apply(x, y, z);
    return (place[1] - place[2]) / Math.sqrt(2);
  }

  /** The margin. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "Defacing[margin %.1f mm]", marginMm);
  }
}
