package io.github.brainimaging.segmentation;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import java.util.Random;

/**
 * A head drawn from ellipses: bright skin, dark skull, brain with a little structure and noise, two
 * dark ventricles and, if wanted, a round lesion to the left of the center.
 *
 * @param image the picture, 0 to 255
 * @param brain the brain's pixels
 * @param lesion the lesion's pixels
 */
public record HeadPhantom(MedicalImage image, Mask brain, Mask lesion) {

  /** Draws a head with a bright lesion. */
  public static HeadPhantom of(int width, int height, double lesionRadius, Spacing spacing) {
    return of(width, height, lesionRadius, 160, spacing);
  }

  /**
   * Draws a head that fills nine tenths of the image's height.
   *
   * @param width columns
   * @param height rows
   * @param lesionRadius as a part of the head's half height; 0 for none
   * @param lesionGray its gray value; the brain has 84 to 96
   * @param spacing its ratio of sides gives the shape of the head in pixels
   */
  public static HeadPhantom of(
      int width, int height, double lesionRadius, double lesionGray, Spacing spacing) {
    Random random = new Random(11);
    float[] samples = new float[width * height];
    boolean[] brain = new boolean[samples.length];
    boolean[] lesion = new boolean[samples.length];
    double stepY = 2 / (0.9 * height);
    double stepX = stepY * (spacing.isKnown() ? spacing.x() / spacing.y() : 1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        double u = (x - (width - 1) / 2.0) * stepX;
        double v = (y - (height - 1) / 2.0) * stepY;
        double value = 4;
        if (inside(u, v, 0.8, 1)) {
          value = 220;
        }
        if (inside(u, v, 0.74, 0.93)) {
          value = 15;
        }
        if (inside(u, v, 0.68, 0.86)) {
          brain[i] = true;
          value = 90 + 6 * Math.cos(9 * u) * Math.cos(8 * v);
        }
        if (inside(Math.abs(u) - 0.12, v, 0.06, 0.25)) {
          value = 25;
        }
        if (inside(u + 0.35, v + 0.2, lesionRadius, lesionRadius)) {
          lesion[i] = true;
          value = lesionGray;
        }
        samples[i] = Math.round(Math.max(0, value + 3 * random.nextGaussian()));
      }
    }
    return new HeadPhantom(
        MedicalImage.wrap(width, height, 1, samples).withNominalMaximum(255).withSpacing(spacing),
        Mask.wrap(width, height, brain),
        Mask.wrap(width, height, lesion));
  }

  private static boolean inside(double u, double v, double halfWidth, double halfHeight) {
    double a = u / halfWidth;
    double b = v / halfHeight;
    return a * a + b * b < 1;
  }

  /** The image with {@code scale * value + offset} in place of every value. */
  public static MedicalImage moved(MedicalImage image, float scale, float offset) {
    float[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = scale * samples[i] + offset;
    }
    return image.withSamples(samples).withNominalMaximum(Float.NaN);
  }

  /** The image with left and right exchanged. */
  public static MedicalImage mirrored(MedicalImage image) {
    float[] samples = new float[image.width() * image.height()];
    for (int i = 0; i < samples.length; i++) {
      int x = i % image.width();
      samples[i] = image.get(image.width() - 1 - x, i / image.width());
    }
    return image.withSamples(samples);
  }

  /** Twice the common pixels by the sum of both; 1 if both are empty. */
  public static double dice(Mask a, Mask b) {
    if (a.isEmpty() && b.isEmpty()) {
      return 1;
    }
    boolean[] first = a.toArray();
    boolean[] second = b.toArray();
    int common = 0;
    for (int i = 0; i < first.length; i++) {
      common += first[i] && second[i] ? 1 : 0;
    }
    return 2.0 * common / (a.count() + b.count());
  }
}
