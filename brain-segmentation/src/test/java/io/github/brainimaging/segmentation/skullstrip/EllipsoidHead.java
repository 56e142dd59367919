package io.github.brainimaging.segmentation.skullstrip;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A head of ellipsoids: bright skin, dark skull, dark fluid and a brain with noise.
 *
 * @param volume gray values, about 0 to 190
 * @param brain the truth
 */
record EllipsoidHead(MedicalVolume volume, VolumeMask brain) {

  static EllipsoidHead of(VoxelSpacing step) {
    int width = (int) (190 / step.x());
    int height = (int) (220 / step.y());
    int depth = (int) (180 / step.z());
    float[] samples = new float[width * height * depth];
    boolean[] brain = new boolean[samples.length];
    Random random = new Random(5);
    int i = 0;
    for (int z = 0; z < depth; z++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++, i++) {
          double u = ((x + 0.5) / width - 0.5) * 190;
          double v = ((y + 0.5) / height - 0.5) * 220;
          double w = ((z + 0.5) / depth - 0.5) * 180;
          double value = inside(u, v, w, 12) ? inside(u, v, w, 4) ? 12 : 30 : 5;
          value = !inside(u, v, w, 12) && inside(u, v, w, 20) ? 180 : value;
          brain[i] = inside(u, v, w, 0);
          value = brain[i] ? 100 : value;
          samples[i] = (float) (value + 2 * random.nextGaussian());
        }
      }
    }
    VolumeGrid grid = VolumeGrid.ofSize(width, height, depth).withSpacing(step);
    return new EllipsoidHead(MedicalVolume.of(grid, samples), VolumeMask.wrap(grid, brain));
  }

  private static boolean inside(double u, double v, double w, double margin) {
    double a = u / (65 + margin);
    double b = v / (80 + margin);
    double c = w / (62 + margin);
    return a * a + b * b + c * c < 1;
  }

  /** Both ways to strip a volume. */
  static Stream<Function<MedicalVolume, VolumeMask>> bothMethods() {
    return Stream.of(
        v -> SkullStripper.forVolumes().extract(v),
        v -> SurfaceSkullStripper.withDefaults().extract(v));
  }

  static double dice(VolumeMask a, VolumeMask b) {
    return dice(a.toArray(), b.toArray());
  }

  static double dice(boolean[] a, boolean[] b) {
    int common = 0;
    int sum = 0;
    for (int i = 0; i < a.length; i++) {
      common += a[i] && b[i] ? 1 : 0;
      sum += (a[i] ? 1 : 0) + (b[i] ? 1 : 0);
    }
    return 2.0 * common / sum;
  }
}
