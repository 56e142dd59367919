package io.github.brainimaging.examples.cli.score;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.augmentation.RandomBiasField;
import io.github.brainimaging.core.image.MedicalImage;
import java.util.Random;

/** What goes wrong with images, in three strengths, 0 to 2. */
public enum Disturbance {
  /** Normal noise of 0.05, 0.1 or 0.2 of the range. */
  NOISE(0.05, 0.1, 0.2),
  /** A Gaussian of 1, 2 or 3 pixels. */
  BLUR(1, 2, 3),
  /** Exponents of 1.5, 2 or 3, or their reciprocals. */
  GAMMA(1.5, 2, 3),
  /** Bias fields with coefficients of up to 0.3, 0.6 or 1. */
  BIAS(0.3, 0.6, 1),
  /**
   * Ghosts of a head that moves periodically while rows of k-space are read: copies shifted by a
   * third of the height up and down, round the border, with 0.15, 0.3 or 0.45 of the signal.
   */
  MOTION(0.15, 0.3, 0.45);

  public static final int STRENGTHS = 3;

  private static final int GHOSTS = 3;

  private final double weak;
  private final double middle;
  private final double strong;

  Disturbance(double weak, double middle, double strong) {
    this.weak = weak;
    this.middle = middle;
    this.strong = strong;
  }

  /** Disturbs an image; equal seeds do the same. */
  public MedicalImage apply(MedicalImage image, int strength, long seed) {
    double amount = strength == 0 ? weak : strength == 1 ? middle : strong;
    Random random = new Random(seed);
    return switch (this) {
      case NOISE -> Augmentation.noise(amount, amount).apply(image, random);
      case BLUR -> Augmentation.blur(amount, amount).apply(image, random);
      case GAMMA -> {
        double gamma = random.nextBoolean() ? amount : 1 / amount;
        yield Augmentation.gamma(gamma, gamma).apply(image, random);
      }
      case BIAS -> RandomBiasField.ofStrength(amount).apply(image, random);
      case MOTION -> ghosts(image, (float) amount);
    };
  }

  private static MedicalImage ghosts(MedicalImage image, float share) {
    float[] from = image.samples();
    float[] to = new float[from.length];
    int width = image.width();
    int height = image.height();
    int step = Math.max(1, height / GHOSTS);
    for (int i = 0; i < to.length; i++) {
      int channel = i / (width * height) * width * height;
      int row = (i - channel) / width;
      int x = i % width;
      float up = from[channel + (row + step) % height * width + x];
      float down = from[channel + (row + height - step % height) % height * width + x];
      to[i] = (1 - share) * from[i] + share * (up + down) / 2;
    }
    return image.wrapSamples(to);
  }
}
