package io.github.brainimaging.core.registration;

import io.github.brainimaging.core.internal.Interrupts;
import java.util.function.ToDoubleFunction;

/**
 * Climbs to a maximum without derivatives: R. Hooke, T. Jeeves: Direct search solution of numerical
 * and statistical problems, J. ACM 8(2), 1961, 212. One step along each coordinate in turn, then as
 * far again in the direction that helped; where nothing helps the step is halved.
 */
final class PatternSearch {

  private static final int MOST_EVALUATIONS = 2000;

  private final ToDoubleFunction<double[]> function;
  private final double smallestStep;
  private int evaluations;

  PatternSearch(ToDoubleFunction<double[]> function, double smallestStep) {
    this.function = function;
    this.smallestStep = smallestStep;
  }

  /**
   * Where a search ended.
   *
   * @param value the function there
   * @param converged false if it was ended by the number of evaluations
   */
  record Maximum(Place point, double value, boolean converged) {}

  /** Coordinates that are not changed any more. */
  static final class Place {
    private final double[] coordinates;

    Place(double... coordinates) {
      this.coordinates = coordinates;
    }

    double[] coordinates() {
      return coordinates.clone();
    }
  }

  Maximum climb(Place start, double firstStep) {
    evaluations = 0;
    double[] base = start.coordinates();
    double value = evaluate(base);
    double step = firstStep;
    while (step >= smallestStep && evaluations < MOST_EVALUATIONS) {
      double[] next = base.clone();
      double better = explore(next, value, step);
      if (!(better > value)) {
        step /= 2;
        continue;
      }
      while (better > value && evaluations < MOST_EVALUATIONS) {
        double[] beyond = new double[base.length];
        for (int i = 0; i < base.length; i++) {
          beyond[i] = 2 * next[i] - base[i];
        }
        base = next;
        value = better;
        next = beyond;
        better = explore(next, evaluate(next), step);
      }
    }
    return new Maximum(new Place(base), value, step < smallestStep);
  }

  /** Moves a point along each coordinate where that helps, and gives its value. */
  private double explore(double[] point, double valueThere, double step) {
    double value = valueThere;
    for (int i = 0; i < point.length; i++) {
      double from = point[i];
      for (double to : new double[] {from + step, from - step}) {
        point[i] = to;
        double tried = evaluate(point);
        if (tried > value) {
          value = tried;
          from = to;
          break;
        }
      }
      point[i] = from;
    }
    return value;
  }

  private double evaluate(double[] point) {
    Interrupts.heed("evaluation %s of a search", evaluations);
    evaluations++;
    return function.applyAsDouble(point);
  }
}
