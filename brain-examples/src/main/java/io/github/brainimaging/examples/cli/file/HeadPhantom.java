package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.Random;

/**
 * Draws a simple axial slice of a head: skin, skull, brain, ventricles and, if asked for, a bright
 * round lesion.
 */
public final class HeadPhantom {

  private static final int SIZE = 256;

  private HeadPhantom() {}

  /**
   * A slice without lesion if {@code lesionRadius} is 0. Values are whole numbers from 0 to 255.
   */
  public static MedicalImage draw(double lesionX, double lesionY, double lesionRadius, long seed) {
    Random random = new Random(seed);
    float[] samples = new float[SIZE * SIZE];
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        double value = tissue(x - SIZE / 2.0, y - SIZE / 2.0);
        if (Math.hypot(x - lesionX, y - lesionY) < lesionRadius) {
          value = 215;
        }
        double noisy = value + random.nextGaussian() * (value > 0 ? 5 : 1.5);
        samples[y * SIZE + x] = (float) Math.max(0, Math.min(255, Math.rint(noisy)));
      }
    }
    return MedicalImage.wrap(SIZE, SIZE, 1, samples).withNominalMaximum(255);
  }

  /**
   * The gray value at a distance from the center: from outside to inside skin, skull, brain,
   * ventricles.
   */
  private static double tissue(double x, double y) {
    double head = Math.hypot(x / 92, y / 112);
    if (head > 1) {
      return 0;
    }
    if (head > 0.95) {
      return 190;
    }
    if (head > 0.87) {
      return 25;
    }
    double ventricles =
        Math.min(Math.hypot((x - 12) / 8, y / 26), Math.hypot((x + 12) / 8, y / 26));
    if (ventricles < 1) {
      return 45;
    }
    return head > 0.72 ? 95 : 120;
  }
}
