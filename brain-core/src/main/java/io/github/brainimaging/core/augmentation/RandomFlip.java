package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import java.util.random.RandomGenerator;

/** Mirrors the image left to right, top to bottom, or both (P1, P3). */
final class RandomFlip implements Augmentation {

  private final double horizontal;
  private final double vertical;

  private RandomFlip(double horizontal, double vertical) {
    this.horizontal = horizontal;
    this.vertical = vertical;
  }

  static RandomFlip of(double horizontal, double vertical) {
    Arguments.requireShare("horizontal", horizontal);
    Arguments.requireShare("vertical", vertical);
    return new RandomFlip(horizontal, vertical);
  }

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    boolean flipX = random.nextDouble() < horizontal;
    boolean flipY = random.nextDouble() < vertical;
    if (!flipX && !flipY) {
      return image;
    }
    int width = image.width();
    int height = image.height();
    float[] from = image.samples();
    float[] to = new float[from.length];
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < height; y++) {
        int source = (c * height + (flipY ? height - 1 - y : y)) * width;
        int target = (c * height + y) * width;
        for (int x = 0; x < width; x++) {
          to[target + x] = from[source + (flipX ? width - 1 - x : x)];
        }
      }
    }
    return image.wrapSamples(to);
  }

  /** All settings. */
  @Override
  public String toString() {
    return "RandomFlip[horizontal=" + horizontal + ", vertical=" + vertical + "]";
  }
}
