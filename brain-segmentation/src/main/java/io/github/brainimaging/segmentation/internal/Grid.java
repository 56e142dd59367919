package io.github.brainimaging.segmentation.internal;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VoxelSpacing;

/**
 * The pixels of a slice, or the voxels of a volume, so that one method finds brains in both. The
 * mask of a volume has its slices one below the other.
 *
 * @param width columns
 * @param height rows of a slice
 * @param slices 1 for an image
 * @param pixel distance of columns and rows, known, in any unit
 * @param stepZ distance of slices in that unit
 */
public record Grid(int width, int height, int slices, Spacing pixel, double stepZ) {

  /**
   * The grid of an image; lengths are in sides of a square of a pixel's area.
   *
   * @param image the image
   * @return the grid
   */
  public static Grid of(MedicalImage image) {
    return new Grid(image.width(), image.height(), 1, PixelShape.of(image.spacing()), 1);
  }

  /**
   * The grid of a volume; lengths are in millimeters, or in voxels if the spacing is unknown.
   *
   * @param volume the volume
   * @return the grid
   */
  public static Grid of(MedicalVolume volume) {
    VoxelSpacing step =
        volume.spacing().isKnown() ? volume.spacing() : VoxelSpacing.ofMillimeters(1);
    return new Grid(
        volume.width(), volume.height(), volume.depth(), new Spacing(step.x(), step.y()), step.z());
  }

  /**
   * The pixels with a value above a threshold.
   *
   * @param samples slice after slice, row after row, no NaN
   * @param threshold a pixel is inside if it is larger
   * @return the mask
   */
  public BitMask above(float[] samples, double threshold) {
    return BitMask.above(samples, width, slices * height, threshold);
  }

  /**
   * A disk in an image, a ball in a volume.
   *
   * @param radius 0 or more, in the unit of the grid
   * @return the element
   */
  public Element round(double radius) {
    return slices == 1
        ? StructuringElement.disk(radius, pixel)
        : new Ball(radius, pixel, stepZ, height);
  }

  /**
   * The connected regions of a mask.
   *
   * @param mask a mask on this grid
   * @param diagonal whether pixels that touch at a corner only are connected
   * @return the regions
   */
  public Regions regions(BitMask mask, boolean diagonal) {
    return Regions.of(mask, height, diagonal);
  }

  /**
   * Fills what is enclosed: pixels from which no path of edge neighbors leads to the border.
   *
   * @param mask a mask on this grid
   * @return the mask without holes
   */
  public BitMask fillHoles(BitMask mask) {
    Regions outside = regions(mask.not(), false);
    return outside.keep(outside.atBorder()).not();
  }

  /**
   * The diameter of a disk or ball of the same size as a mask.
   *
   * @param mask a mask on this grid
   * @return in the unit of the grid
   */
  public double diameter(BitMask mask) {
    double size = mask.count() * pixel.pixelAreaMm2();
    return slices == 1 ? Math.sqrt(4 * size / Math.PI) : Math.cbrt(6 * size * stepZ / Math.PI);
  }
}
