package io.github.brainimaging.core.uncertainty;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.grid.PlaneSampler;
import io.github.brainimaging.core.image.MedicalImage;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * One way to look at an image: mirrored or not, turned about its center, shifted, with another
 * contrast.
 *
 * @param mirrored whether left and right are exchanged, before all else
 * @param degrees turned by
 * @param shiftX in widths
 * @param shiftY in heights
 * @param gamma exponent of the gray values, 1 leaves them
 */
record Pose(boolean mirrored, double degrees, double shiftX, double shiftY, double gamma) {

  static final Pose PLAIN = new Pose(false, 0, 0, 0, 1);

  /** Draws the amounts, each uniformly up to its limit, the logarithm in the case of gamma. */
  static Pose draw(
      boolean mirrored, double degrees, double shift, double gamma, RandomGenerator random) {
    return new Pose(
        mirrored,
        degrees * between(random),
        shift * between(random),
        shift * between(random),
        StrictMath.exp(StrictMath.log(gamma) * between(random)));
  }

  private static double between(RandomGenerator random) {
    return 2 * random.nextDouble() - 1;
  }

  /** The image as it looks so; what comes from outside has its smallest value. */
  MedicalImage apply(MedicalImage image) {
    MedicalImage gray =
        gamma == 1 ? image : Augmentation.gamma(gamma, gamma).apply(image, new Random(0));
    if (isInPlace()) {
      return gray;
    }
    double[] turn = turn();
    double centerX = (image.width() - 1) / 2.0;
    double centerY = (image.height() - 1) / 2.0;
    double x = centerX + shiftX * image.width();
    double y = centerY + shiftY * image.height();
    double side = mirrored ? -1 : 1;
    return PlaneSampler.of(gray, gray.range()[0])
        .affine(
            side * turn[0],
            side * turn[1],
            centerX - side * (turn[0] * x + turn[1] * y),
            -turn[1],
            turn[0],
            centerY + turn[1] * x - turn[0] * y);
  }

  /** A map of the image that looks so, back on the grid of the image; 0 beyond its border. */
  MedicalImage undo(MedicalImage map) {
    if (isInPlace()) {
      return map;
    }
    double[] turn = turn();
    double centerX = (map.width() - 1) / 2.0;
    double centerY = (map.height() - 1) / 2.0;
    double side = mirrored ? -1 : 1;
    return PlaneSampler.of(map, 0)
        .affine(
            side * turn[0],
            -turn[1],
            centerX + shiftX * map.width() - side * turn[0] * centerX + turn[1] * centerY,
            side * turn[1],
            turn[0],
            centerY + shiftY * map.height() - side * turn[1] * centerX - turn[0] * centerY);
  }

  private boolean isInPlace() {
    return !mirrored && degrees == 0 && shiftX == 0 && shiftY == 0;
  }

  private double[] turn() {
    double angle = Math.toRadians(degrees);
    return new double[] {StrictMath.cos(angle), StrictMath.sin(angle)};
  }
}
