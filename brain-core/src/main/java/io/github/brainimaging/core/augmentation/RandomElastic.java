package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.grid.PlaneSampler;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import java.util.random.RandomGenerator;

/**
 * Bends the picture smoothly, as heads differ in shape (P4: elastic deformation).
 *
 * <p>A lattice of knots lies over the image, a third of its width and of its height apart; each is
 * moved by an amount drawn uniformly for x and for y, and cubic B-splines join them, so that
 * nothing is folded or torn. What comes from outside of the image has its smallest sample.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class RandomElastic implements Augmentation {

  private static final int CELLS = 3;

  /** A spline reaches over four knots: those of the cells and one around them. */
  private static final int KNOTS = CELLS + 3;

  /** Cubic B-splines do not fold below 0.48 of the distance of the knots. */
  private static final double MOST = 0.4 / CELLS;

  private final Range shift;

  private RandomElastic(Range shift) {
    this.shift = shift;
  }

  /**
   * Knots move by up to 0.06 of the size, 15 of 256 pixels; the paper names no amount.
   *
   * @return the augmentation
   */
  public static RandomElastic withDefaults() {
    return ofShift(0.06);
  }

  /**
   * Knots move by up to a fraction of the size.
   *
   * @param largest largest shift in either direction, as a fraction of the width (x) and of the
   *     height (y), 0 to 0.13
   * @return the augmentation
   * @throws IllegalArgumentException if it is out of range
   */
  public static RandomElastic ofShift(double largest) {
    Arguments.require(
        largest >= 0 && largest <= MOST,
        "largest must be 0 to 0.13, so that nothing is folded, got %s",
        largest);
    return new RandomElastic(Range.around0("largest", largest));
  }

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    double[][] knots = new double[2][KNOTS * KNOTS];
    for (double[] axis : knots) {
      for (int i = 0; i < axis.length; i++) {
        axis[i] = shift.draw(random);
      }
    }
    double[][] columns = weights(image.width());
    double[][] rows = weights(image.height());
    double[][] alongX = blended(knots[0], rows);
    double[][] alongY = blended(knots[1], rows);
    return PlaneSampler.of(image, image.range()[0])
        .moved(
            (x, y) -> x + image.width() * dot(alongX[y], columns[x]),
            (x, y) -> y + image.height() * dot(alongY[y], columns[x]));
  }

  /** For each row of the image the knots of the lattice's columns. */
  private static double[][] blended(double[] knots, double[][] rows) {
    double[][] blended = new double[rows.length][KNOTS];
    for (int y = 0; y < rows.length; y++) {
      for (int i = 0; i < knots.length; i++) {
        blended[y][i % KNOTS] += rows[y][i / KNOTS] * knots[i];
      }
    }
    return blended;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < KNOTS; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** For each place the weight of each knot; four are not 0. */
  private static double[][] weights(int size) {
    double[][] weights = new double[size][KNOTS];
    for (int i = 0; i < size; i++) {
      double place = (i + 0.5) / size * CELLS;
      int cell = (int) place;
      double t = place - cell;
      double s = 1 - t;
      weights[i][cell] = s * s * s / 6;
      weights[i][cell + 1] = (3 * t * t * t - 6 * t * t + 4) / 6;
      weights[i][cell + 2] = (3 * s * s * s - 6 * s * s + 4) / 6;
      weights[i][cell + 3] = t * t * t / 6;
    }
    return weights;
  }

  /** All settings. */
  @Override
  public String toString() {
    return "RandomElastic[shift=" + shift + "]";
  }
}
