package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.grid.PlaneSampler;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import java.util.random.RandomGenerator;

/**
 * Shows the picture as if it were seen askew (P4: perspective): each corner of the result comes
 * from a place within the picture near its corner, drawn uniformly, straight lines stay straight.
 * Bilinear.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class RandomPerspective implements Augmentation {

  private final Range inwards;

  private RandomPerspective(Range inwards) {
    this.inwards = inwards;
  }

  /**
   * Corners come from up to 0.1 of the size further inside; the paper names no amount.
   *
   * @return the augmentation
   */
  public static RandomPerspective withDefaults() {
    return ofShift(0.1);
  }

  /**
   * Corners come from up to a fraction of the size further inside.
   *
   * @param largest as a fraction of the width (x) and of the height (y), 0 to 0.4
   * @return the augmentation
   * @throws IllegalArgumentException if it is out of range
   */
  public static RandomPerspective ofShift(double largest) {
    Arguments.require(largest >= 0 && largest <= 0.4, "largest must be 0 to 0.4, got %s", largest);
    return new RandomPerspective(new Range(0, largest));
  }

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    double[] x = new double[4];
    double[] y = new double[4];
    for (int corner = 0; corner < 4; corner++) { // (0, 0), (1, 0), (1, 1), (0, 1)
      double right = corner == 1 || corner == 2 ? 1 : 0;
      double below = corner >= 2 ? 1 : 0;
      x[corner] = Math.abs(right - inwards.draw(random)) * (image.width() - 1);
      y[corner] = Math.abs(below - inwards.draw(random)) * (image.height() - 1);
    }
    // The unit square onto a quadrilateral: Heckbert 1989, "Fundamentals of Texture Mapping".
    double bendX = x[0] - x[1] + x[2] - x[3];
    double bendY = y[0] - y[1] + y[2] - y[3];
    double area = (x[1] - x[2]) * (y[3] - y[2]) - (x[3] - x[2]) * (y[1] - y[2]);
    double g = area == 0 ? 0 : (bendX * (y[3] - y[2]) - (x[3] - x[2]) * bendY) / area;
    double h = area == 0 ? 0 : ((x[1] - x[2]) * bendY - bendX * (y[1] - y[2])) / area;
    double across = 1.0 / Math.max(1, image.width() - 1);
    double down = 1.0 / Math.max(1, image.height() - 1);
    return PlaneSampler.of(image, image.range()[0])
        .moved(
            (column, row) -> from(x, g, h, column * across, row * down),
            (column, row) -> from(y, g, h, column * across, row * down));
  }

  private static double from(double[] corners, double g, double h, double u, double v) {
    double alongU = corners[1] - corners[0] + g * corners[1];
    double alongV = corners[3] - corners[0] + h * corners[3];
    return (alongU * u + alongV * v + corners[0]) / (g * u + h * v + 1);
  }

  /** All settings. */
  @Override
  public String toString() {
    return "RandomPerspective[inwards=" + inwards + "]";
  }
}
