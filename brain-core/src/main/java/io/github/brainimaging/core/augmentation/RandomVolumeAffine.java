package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.internal.Arguments;
import java.util.random.RandomGenerator;

/**
 * P4's augmentation of volumes: reflects, scales, shears and shifts a volume about its center, with
 * one trilinear resampling for all four.
 *
 * <p>Each amount is drawn uniformly from its range: the reflection is one of the columns (x); the
 * scale is one for all axes; a shear moves columns along with rows and slices, and rows along with
 * slices, each by its own amount; the shift is drawn for each axis. All in voxels, so the volume is
 * taken to have cubic ones. What comes from outside of the volume has its smallest sample. P4 gives
 * the kinds and the shift, +-25 voxels per axis; the other defaults are moderate ones of ours.
 *
 * <p>The grid stays as it is. Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class RandomVolumeAffine {

  private final double reflection;
  private final Range scale;
  private final Range shear;
  private final Range translation;

  private RandomVolumeAffine(double reflection, Range scale, Range shear, Range translation) {
    this.reflection = reflection;
    this.scale = scale;
    this.shear = shear;
    this.translation = translation;
  }

  /**
   * Reflection of every second volume, scale 0.9 to 1.1, shear up to 0.1 voxels per voxel, shift up
   * to 25 voxels.
   *
   * @return the augmentation
   */
  public static RandomVolumeAffine withDefaults() {
    return new RandomVolumeAffine(
        0.5, new Range(0.9, 1.1), Range.around0("shear", 0.1), Range.around0("translation", 25));
  }

  /**
   * No change at all: where to start when only some kinds are wanted.
   *
   * @return the augmentation
   */
  public static RandomVolumeAffine identity() {
    return new RandomVolumeAffine(0, new Range(1, 1), new Range(0, 0), new Range(0, 0));
  }

  /**
   * The same with another share of reflected volumes.
   *
   * @param probability 0 to 1
   * @return a new augmentation
   * @throws IllegalArgumentException if it is out of range
   */
  public RandomVolumeAffine withReflection(double probability) {
    Arguments.requireShare("reflection", probability);
    return new RandomVolumeAffine(probability, scale, shear, translation);
  }

  /**
   * The same with another scale, equal on all axes.
   *
   * @param low smallest factor, above 0; below 1 makes the head smaller
   * @param high largest factor, low or more
   * @return a new augmentation
   * @throws IllegalArgumentException if a factor is out of range
   */
  public RandomVolumeAffine withScale(double low, double high) {
    Range range = new Range(low, high).requirePositive();
    return new RandomVolumeAffine(reflection, range, shear, translation);
  }

  /**
   * The same with another shear.
   *
   * @param largest largest shift per voxel of distance from the center, in either direction
   * @return a new augmentation
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public RandomVolumeAffine withShear(double largest) {
    return new RandomVolumeAffine(reflection, scale, Range.around0("shear", largest), translation);
  }

  /**
   * The same with another shift.
   *
   * @param largestVoxels largest shift per axis in either direction, in voxels
   * @return a new augmentation
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public RandomVolumeAffine withTranslation(double largestVoxels) {
    return new RandomVolumeAffine(
        reflection, scale, shear, Range.around0("translation", largestVoxels));
  }

  /**
   * Changes a volume.
   *
   * @param volume the input; stays as it is
   * @param random decides how; equal generators give equal results
   * @return a new volume on the same grid
   */
  public MedicalVolume apply(MedicalVolume volume, RandomGenerator random) {
    double mirror = random.nextDouble() < reflection ? -1 : 1;
    double factor = 1 / scale.draw(random);
    double xy = shear.draw(random);
    double xz = shear.draw(random);
    double yz = shear.draw(random);
    double shiftX = translation.draw(random);
    double shiftY = translation.draw(random);
    double shiftZ = translation.draw(random);

    int width = volume.width();
    int height = volume.height();
    int depth = volume.depth();
    double centerX = (width - 1) / 2.0;
    double centerY = (height - 1) / 2.0;
    double centerZ = (depth - 1) / 2.0;
    Space space = new Space(volume);
    float[] result = new float[volume.samples().length];
    int i = 0;
    for (int c = 0; c < volume.channels(); c++) {
      for (int z = 0; z < depth; z++) {
        double fromZ = (z - centerZ - shiftZ) * factor;
        for (int y = 0; y < height; y++) {
          double fromY = (y - centerY - shiftY) * factor;
          double along = xy * fromY + xz * fromZ;
          for (int x = 0; x < width; x++) {
            double fromX = mirror * ((x - centerX - shiftX) * factor + along);
            result[i++] =
                space.at(c, fromX + centerX, fromY + yz * fromZ + centerY, fromZ + centerZ);
          }
        }
      }
    }
    return volume.wrapSamples(result);
  }

  /** All settings. */
  @Override
  public String toString() {
    return "RandomVolumeAffine[reflection="
        + reflection
        + ", scale="
        + scale
        + ", shear="
        + shear
        + ", translation="
        + translation
        + "]";
  }

  /** The volume as a function of continuous coordinates, with its smallest sample outside. */
  private static final class Space {
    private final int width;
    private final int height;
    private final int depth;
    private final float[] samples;
    private final float outside;

    Space(MedicalVolume volume) {
      this.width = volume.width();
      this.height = volume.height();
      this.depth = volume.depth();
      this.samples = volume.samples();
      this.outside = volume.range()[0];
    }

    float at(int channel, double x, double y, double z) {
      int left = (int) Math.floor(x);
      int top = (int) Math.floor(y);
      int first = (int) Math.floor(z);
      double fx = x - left;
      double fy = y - top;
      double fz = z - first;
      double sum = 0;
      for (int corner = 0; corner < 8; corner++) {
        int dx = corner & 1;
        int dy = (corner >> 1) & 1;
        int dz = corner >> 2;
        double weight = (dx == 0 ? 1 - fx : fx) * (dy == 0 ? 1 - fy : fy) * (dz == 0 ? 1 - fz : fz);
        if (weight > 0) {
          sum += weight * voxel(channel, left + dx, top + dy, first + dz);
        }
      }
      return (float) sum;
    }

    private float voxel(int channel, int x, int y, int z) {
      boolean inside = x >= 0 && y >= 0 && z >= 0 && x < width && y < height && z < depth;
      return inside ? samples[((channel * depth + z) * height + y) * width + x] : outside;
    }
  }
}
