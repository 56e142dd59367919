package io.github.brainimaging.core.bias;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import java.util.SplittableRandom;

/** An ellipsoid of 100 with a shell of 60 and a core of 25, with noise of 2; outside, 1. */
final class Phantom {
  private final int width;
  private final int height;
  private final int depth;
  private final float[] samples;
  private final boolean[] tissue;

  Phantom(int width, int height, int depth) {
    this.width = width;
    this.height = height;
    this.depth = depth;
    this.samples = new float[width * height * depth];
    this.tissue = new boolean[samples.length];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < samples.length; i++) {
      double x = 2.2 * (i % width - (width - 1) / 2.0) / width;
      double y = 2.2 * (i / width % height - (height - 1) / 2.0) / height;
      int slice = i / (width * height);
      double z = 2.2 * (slice - (depth - 1) / 2.0) / depth;
      double r = Math.sqrt(x * x + y * y + z * z);
      double value = r < 0.25 ? 25 : r < 0.75 ? 100 : r < 1 ? 60 : 1;
      tissue[i] = value == 100;
      samples[i] = (float) (value + (value > 1 ? 2 * random.nextGaussian() : 0));
    }
  }

  MedicalVolume volume() {
    return MedicalVolume.of(VolumeGrid.ofSize(width, height, depth), samples);
  }

  MedicalImage slice() {
    return MedicalImage.ofGray(width, height, samples);
  }

  double variation(float[] image) {
    return WhiteMatter.variation(image, tissue);
  }

  /** Pearson's, inside the tissue. */
  double correlation(float[] a, float[] b) {
    double n = 0;
    double[] sums = new double[5];
    for (int i = 0; i < a.length; i++) {
      if (tissue[i]) {
        n++;
        sums[0] += a[i];
        sums[1] += b[i];
        sums[2] += a[i] * a[i];
        sums[3] += b[i] * b[i];
        sums[4] += a[i] * b[i];
      }
    }
    double covariance = n * sums[4] - sums[0] * sums[1];
    return covariance
        / Math.sqrt((n * sums[2] - sums[0] * sums[0]) * (n * sums[3] - sums[1] * sums[1]));
  }
}
