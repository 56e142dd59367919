package io.github.brainimaging.segmentation.skullstrip;

import io.github.brainimaging.core.image.MedicalVolume;
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

  /** The nearest sample to a place in millimeters from the first voxel. */
  float nearest(double x, double y, double z, float beyond) {
    int column = (int) Math.floor(x / stepX + 0.5);
    int row = (int) Math.floor(y / stepY + 0.5);
    int slice = (int) Math.floor(z / stepZ + 0.5);
    return column >= 0 && column < width && row >= 0 && row < height && slice >= 0 && slice < depth
        ? samples[(slice * height + row) * width + column]
        : beyond;
  }
}
