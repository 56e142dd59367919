package io.github.brainimaging.models.baseline;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Features of many values laid out in a plane, for the eye.
 *
 * @since 0.1.0
 */
public final class FeaturePlane {

  private static final int MOST_ROUNDS = 500;
  private static final double DONE = 1e-16;

  private FeaturePlane() {}

  /**
   * The first two principal components: the projections on the two directions, at right angles, in
   * which the standardized features vary most (K. Pearson, Philosophical Magazine 2, 1901, 559). A
   * direction points to where its largest share is positive. Found by iterating on both at once, up
   * to 500 times.
   *
   * @param features of each example, all of one size of at least 2, finite; at least two examples
   * @return for each example its two components; 0 where the features do not vary
   * @throws IllegalArgumentException if sizes differ, there are too few, or one is not finite
   */
  public static List<double[]> ofPrincipalComponents(List<Tensor> features) {
    Arguments.require(
        features.size() >= 2, "features must be of 2 examples or more, got %s", features.size());
    int size = features.get(0).size();
    Arguments.require(size >= 2, "features must have 2 values or more, got %s", size);
    FeatureScale scale = FeatureScale.standard(features);
    double[][] rows = features.stream().map(scale::apply).toArray(double[][]::new);
    double[] first = start(size, 1);
    double[] second = start(size, 2);
    boolean turns = true;
    for (int round = 0; round < MOST_ROUNDS && turns; round++) {
      double[] newFirst = unit(turned(rows, first));
      double[] newSecond = unit(without(turned(rows, second), newFirst));
      turns = moved(first, newFirst) > DONE || moved(second, newSecond) > DONE;
      first = newFirst;
      second = newSecond;
    }
    List<double[]> plane = new ArrayList<>();
    for (double[] row : rows) {
      plane.add(new double[] {dot(row, first), dot(row, second)});
    }
    return plane;
  }

  /** Some direction that no symmetry of the data is likely to be at right angles to. */
  private static double[] start(int size, int which) {
    double[] direction = new double[size];
    for (int i = 0; i < size; i++) {
      direction[i] = StrictMath.sin(which * (i + 1.0)) + 0.1;
    }
    return unit(direction);
  }

  /** X'X v. */
  private static double[] turned(double[][] rows, double[] direction) {
    double[] sum = new double[direction.length];
    for (double[] row : rows) {
      double share = dot(row, direction);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += share * row[i];
      }
    }
    return sum;
  }

  private static double[] without(double[] vector, double[] direction) {
    double share = dot(vector, direction);
    double[] rest = new double[vector.length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = vector[i] - share * direction[i];
    }
    return rest;
  }

  /** The square of the distance of their ends. */
  private static double moved(double[] from, double[] to) {
    double sum = 0;
    for (int i = 0; i < from.length; i++) {
      sum += (from[i] - to[i]) * (from[i] - to[i]);
    }
    return sum;
  }

  /** Of length 1, its largest value positive; nothing where there is no length. */
  private static double[] unit(double[] vector) {
    double largest = 0;
    for (double value : vector) {
      largest = Math.abs(value) > Math.abs(largest) ? value : largest;
    }
    double length = Math.copySign(Math.sqrt(dot(vector, vector)), largest);
    double[] unit = new double[vector.length];
    for (int i = 0; i < unit.length && length != 0; i++) {
      unit[i] = vector[i] / length;
    }
    return unit;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
