package io.github.brainimaging.core.measure;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.grid.Components;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.registration.SymmetryPlane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The lesions of a mask, the largest first, and which voxel belongs to which.
 *
 * @param lesions measured
 * @param turned a number per voxel: 0, or the place in the list, from 1; in the orientation in
 *     which they were measured
 */
record LesionMap(List<Lesion> lesions, MedicalVolume turned) {

  static LesionMap of(VolumeMask mask, MedicalVolume head) {
    boolean placed = mask.grid().affine().isPresent() && !mask.isEmpty();
    return of(mask, placed ? SymmetryPlane.of(head) : Optional.empty());
  }

  static LesionMap of(VolumeMask mask, Optional<SymmetryPlane> plane) {
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
      regions.add(new Region(grid, plane));
    }
    int[] ofVoxel = components.ofCells(grid.width());
    for (int i = 0; i < ofVoxel.length; i++) {
      if (ofVoxel[i] > 0) {
        int row = i / grid.width();
        regions.get(ofVoxel[i] - 1).add(i % grid.width(), row % grid.height(), row / grid.height());
      }
    }
    List<Lesion> measured =
        regions.stream().map(region -> region.measured(grid, mask.grid())).toList();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < measured.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingInt(i -> -measured.get(i).voxels()));
    int[] rank = new int[measured.size() + 1];
    for (int i = 0; i < order.size(); i++) {
      rank[order.get(i) + 1] = i + 1;
    }
    float[] labels = new float[ofVoxel.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rank[ofVoxel[i]];
    }
    return new LesionMap(
        order.stream().map(measured::get).toList(), MedicalVolume.wrap(grid, 1, labels));
  }

  /** The place in {@link Lesion#of(VolumeMask)} of each voxel, from 1; 0 outside. */
  static MedicalVolume numbers(VolumeMask mask) {
    return of(mask, Optional.empty()).on(mask.grid());
  }

  /** The numbers of the voxels on the grid of the mask. */
  MedicalVolume on(VolumeGrid grid) {
    return turned.grid().equals(grid)
        ? turned
        : Resample.toGrid(grid).withInterpolation(Resample.Method.NEAREST).apply(turned);
  }
}
