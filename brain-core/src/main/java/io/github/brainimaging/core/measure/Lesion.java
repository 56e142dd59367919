package io.github.brainimaging.core.measure;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.grid.Components;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One connected region of a mask, measured. Voxels are connected if they share a face. Slices are
 * those of the plane in which the volume was acquired ({@link AnatomicalPlane#acquired}), numbered
 * from 0 from foot to head, back to front or left to right; as they are stored if the orientation
 * is unknown.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param voxels how many it has
 * @param volumeMl its volume in milliliters; empty if the spacing is unknown
 * @param diameters its lengths; empty if the spacing is unknown
 * @param centroidMm the mean of its voxels in the patient, RAS+ in mm; empty if that is unknown
 * @param firstSlice the first slice that it lies on
 * @param lastSlice the last slice that it lies on
 * @param fullestSlice the slice with most of it
 * @since 0.1.0
 */
public record Lesion(
    int voxels,
    OptionalDouble volumeMl,
    Optional<Diameters> diameters,
    List<Double> centroidMm,
    int firstSlice,
    int lastSlice,
    int fullestSlice) {

  /**
   * Lengths in mm, from border to border of the voxels.
   *
   * @param inPlane the largest diameter within one slice, as RANO measures it
   * @param perpendicular how far the same section reaches across that diameter
   * @param inSpace the largest diameter in three dimensions
   */
  public record Diameters(double inPlane, double perpendicular, double inSpace) {}

  /**
   * Copies the place.
   *
   * @param voxels how many it has
   * @param volumeMl its volume in milliliters
   * @param diameters its lengths
   * @param centroidMm the mean of its voxels in the patient, RAS+ in mm
   * @param firstSlice the first slice that it lies on
   * @param lastSlice the last slice that it lies on
   * @param fullestSlice the slice with most of it
   */
  public Lesion {
    centroidMm = List.copyOf(centroidMm);
  }

  /**
   * Measures what a mask holds.
   *
   * @param mask the mask
   * @return its regions, the largest first; empty if the mask is
   */
  public static List<Lesion> of(VolumeMask mask) {
    VolumeMask turned =
        mask.grid().affine().isPresent()
            ? Reorient.to(AnatomicalPlane.acquired(mask.grid())).apply(mask)
            : mask;
    VolumeGrid grid = turned.grid();
    Components components =
        Components.of(
            Components.Runs.of(turned.toArray(), grid.width()),
            grid.height(),
            Components.Neighbors.SIDES);
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < components.count(); i++) {
      regions.add(new Region(grid.depth()));
    }
    int[] ofVoxel = components.ofCells(grid.width());
    for (int i = 0; i < ofVoxel.length; i++) {
      if (ofVoxel[i] > 0) {
        int row = i / grid.width();
        regions.get(ofVoxel[i] - 1).add(i % grid.width(), row % grid.height(), row / grid.height());
      }
    }
    return regions.stream()
        .map(region -> region.measured(grid))
        .sorted(Comparator.comparingInt((Lesion lesion) -> -lesion.voxels))
        .toList();
  }

  /** The voxels of one region, as far as its measures need them. */
  private static final class Region {
    private final Section[] sections;
    private final double[] sum = new double[3];
    private int voxels;

    Region(int depth) {
      sections = new Section[depth];
    }

    void add(int x, int y, int z) {
      voxels++;
      sum[0] += x;
      sum[1] += y;
      sum[2] += z;
      sections[z] = sections[z] == null ? new Section() : sections[z];
      sections[z].add(x, y);
    }

    Lesion measured(VolumeGrid grid) {
      int first = -1;
      int last = -1;
      int fullest = -1;
      for (int z = 0; z < sections.length; z++) {
        if (sections[z] != null) {
          first = first < 0 ? z : first;
          last = z;
          fullest = fullest < 0 || sections[z].pixels() > sections[fullest].pixels() ? z : fullest;
        }
      }
      boolean known = grid.spacing().isKnown();
      return new Lesion(
          voxels,
          known ? OptionalDouble.of(voxels * grid.voxelVolumeMm3() / 1000) : OptionalDouble.empty(),
          known ? Optional.of(Section.diameters(sections, grid.spacing())) : Optional.empty(),
          grid.affine().map(this::centroid).orElse(List.of()),
          first,
          last,
          fullest);
    }

    private List<Double> centroid(Affine affine) {
      double[] place = affine.apply(sum[0] / voxels, sum[1] / voxels, sum[2] / voxels);
      return List.of(place[0], place[1], place[2]);
    }
  }
}
