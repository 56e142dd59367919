package io.github.brainimaging.models.card;

import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the factors and biases of {@link VectorScaling#fit}: Newton's method on a convex loss, each
 * step by conjugate gradients, so that no matrix is kept, and halved until the loss falls.
 */
final class ScalingFit {

  private static final int STEPS = 100;
  private static final double ENOUGH = 1e-10;

  private final List<double[]> logarithms;
  private final List<Integer> truth;
  private final int classes;

  ScalingFit(List<double[]> logarithms, List<Integer> truth) {
    this.logarithms = logarithms;
    this.truth = truth;
    this.classes = logarithms.get(0).length;
    for (int i = 0; i < truth.size(); i++) {
      Arguments.require(
          logarithms.get(i).length == classes && truth.get(i) >= 0 && truth.get(i) < classes,
          "case %s must have %s probabilities and a label among them, got %s and %s",
          i,
          classes,
          logarithms.get(i).length,
          truth.get(i));
    }
  }

  VectorScaling fit() {
    double[] found = start();
    double loss = loss(found);
    for (int i = 0; i < STEPS; i++) {
      double[] gradient = gradient(found);
      double[] step = solution(found, gradient);
      double gain = dot(gradient, step);
      double[] next = along(found, -1, step);
      for (double share = 0.5; loss(next) > loss - 1e-4 * share * gain && share > 1e-9; ) {
        next = along(found, -share, step);
        share /= 2;
      }
      if (gain < ENOUGH || loss(next) >= loss) {
        break;
      }
      found = next;
      loss = loss(found);
    }
    return new VectorScaling(rounded(found, 0), rounded(found, classes));
  }

  private List<Double> rounded(double[] values, int from) {
    return IntStream.range(from, from + classes)
        .mapToObj(i -> Math.round(1e4 * values[i]) / 1e4)
        .toList();
  }

  /** The factors, then the biases: what changes nothing. */
  private double[] start() {
    double[] start = new double[2 * classes];
    Arrays.fill(start, 0, classes, 1);
    return start;
  }

  private double[] probabilities(double[] at, double[] logarithms) {
    double[] scores = new double[classes];
    for (int c = 0; c < classes; c++) {
      scores[c] = at[c] * logarithms[c] + at[classes + c];
    }
    return Activation.softmax(scores);
  }

  private double loss(double[] at) {
    double[] off = along(at, -1, start());
    double sum = dot(off, off) / 2;
    for (int i = 0; i < truth.size(); i++) {
      double p = probabilities(at, logarithms.get(i))[truth.get(i)];
      sum -= Math.log(Math.max(p, Double.MIN_NORMAL));
    }
    return sum;
  }

  private double[] gradient(double[] at) {
    double[] sum = along(at, -1, start());
    for (int i = 0; i < truth.size(); i++) {
      double[] off = probabilities(at, logarithms.get(i));
      off[truth.get(i)]--;
      add(off, logarithms.get(i), sum);
    }
    return sum;
  }

  /** The matrix of second derivatives times a direction. */
  private double[] curvature(double[] at, double[] direction) {
    double[] sum = direction.clone();
    for (double[] x : logarithms) {
      double[] p = probabilities(at, x);
      double[] change = new double[classes];
      double mean = 0;
      for (int c = 0; c < classes; c++) {
        change[c] = direction[c] * x[c] + direction[classes + c];
        mean += p[c] * change[c];
      }
      for (int c = 0; c < classes; c++) {
        change[c] = p[c] * (change[c] - mean);
      }
      add(change, x, sum);
    }
    return sum;
  }

  private void add(double[] perClass, double[] logarithms, double[] sum) {
    for (int c = 0; c < classes; c++) {
      sum[c] += perClass[c] * logarithms[c];
      sum[classes + c] += perClass[c];
    }
  }

  /** What the curvature makes the gradient of, by conjugate gradients. */
  private double[] solution(double[] at, double[] gradient) {
    double[] solution = new double[gradient.length];
    double[] rest = gradient;
    double[] direction = gradient;
    double size = dot(rest, rest);
    double enough = 1e-16 * size;
    for (int i = 0; i < 2 * gradient.length && size > enough; i++) {
      double[] curved = curvature(at, direction);
      double length = size / dot(direction, curved);
      solution = along(solution, length, direction);
      rest = along(rest, -length, curved);
      double next = dot(rest, rest);
      direction = along(rest, next / size, direction);
      size = next;
    }
    return solution;
  }

  private static double[] along(double[] from, double length, double[] direction) {
    double[] result = from.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] += length * direction[i];
    }
    return result;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
