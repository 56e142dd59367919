package io.github.brainimaging.segmentation.skullstrip;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.internal.Arguments;

/**
 * The samples of a volume with their distances in millimeters.
 *
 * @param samples all finite, slice after slice, row after row; shared, not changed
 * @param width columns
 * @param height rows
 * @param depth slices
 * @param stepX distance of columns
 * @param stepY distance of rows
 * @param stepZ distance of slices
 */
@SuppressWarnings("ArrayRecordComponent") // one array shared within the package, never compared
record VoxelField(
    float[] samples, int width, int height, int depth, double stepX, double stepY, double stepZ) {

  static VoxelField of(MedicalVolume volume) {
    Arguments.require(
        volume.channels() == 1, "volume must have 1 channel, got %s", volume.channels());
    float smallest = volume.range()[0];
    float[] samples = volume.samples();
    for (int i = 0; i < samples.length; i++) {
      if (!Float.isFinite(samples[i])) {
        samples[i] = Float.isNaN(smallest) ? 0 : smallest;
      }
    }
    VoxelSpacing step =
        volume.spacing().isKnown() ? volume.spacing() : VoxelSpacing.ofMillimeters(1);
    return new VoxelField(
        samples, volume.width(), volume.height(), volume.depth(), step.x(), step.y(), step.z());
  }

  /** The volume with its smallest finite sample everywhere outside a mask. */
  static MedicalVolume keep(MedicalVolume volume, VolumeMask mask) {
    float[] samples = volume.samples();
    boolean[] inside = mask.toArray();
    float smallest = volume.range()[0];
    for (int i = 0; i < samples.length; i++) {
      if (!inside[i]) {
        samples[i] = smallest;
      }
    }
    return volume.withSamples(samples);
  }

  /** The nearest sample to a place in millimeters from the first voxel; beyond the border, edge. */
  float nearest(double x, double y, double z) {
    int column = index(x / stepX, width);
    int row = index(y / stepY, height);
    int slice = index(z / stepZ, depth);
    return samples[(slice * height + row) * width + column];
  }

  private static int index(double place, int count) {
    return Math.max(0, Math.min(count - 1, (int) (place + 0.5)));
  }
}
