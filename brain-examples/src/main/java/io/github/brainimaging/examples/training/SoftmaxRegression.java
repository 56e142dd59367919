package io.github.brainimaging.examples.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Logistic regression for several classes with a penalty on the squares of the weights, of
 * standardized features. The loss is convex; Nesterov's method brings it down.
 */
final class SoftmaxRegression {

  private static final int STEPS = 600;

  /** What is learned from. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Example(float[] features, int label, double weight) {}

  /** What is learned from, before it is weighed: one of a group. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Grouped(String group, float[] features, int label) {

    /** What counts as one: those of a group that have the same label. */
    private String part() {
      return group + '/' + label;
    }
  }

  private SoftmaxRegression() {}

  /**
   * Lets every label count alike, and within it large groups little more than small ones.
   *
   * @param all all examples
   * @param labels how many there are
   * @param power a group counts by the number of its examples to this power
   * @return the same in the same order, with weights whose sum is 1
   */
  static List<Example> balanced(List<Grouped> all, int labels, double power) {
    Map<String, Integer> sizes = new HashMap<>();
    all.forEach(one -> sizes.merge(one.part(), 1, Integer::sum));
    double[] weights =
        all.stream()
            .mapToDouble(one -> Math.pow(sizes.getOrDefault(one.part(), 1), power - 1))
            .toArray();
    double[] sums = new double[labels];
    for (int i = 0; i < weights.length; i++) {
      sums[all.get(i).label()] += weights[i];
    }
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      Grouped one = all.get(i);
      double weight = weights[i] / sums[one.label()] / labels;
      examples.add(new Example(one.features(), one.label(), weight));
    }
    return examples;
  }

  /**
   * Fits.
   *
   * @param examples with weights whose sum is 1
   * @param labels how many there are
   * @param penalty half of what the sum of the squares of the weights costs beside the mean loss
   * @return for each label the bias, then the weights, of features as they are
   */
  static double[][] fit(List<Example> examples, int labels, double penalty) {
    int n = examples.get(0).features().length;
    double[] mean = new double[n];
    double[] deviation = new double[n];
    for (Example one : examples) {
      for (int i = 0; i < n; i++) {
        mean[i] += one.features()[i] / examples.size();
      }
    }
    for (Example one : examples) {
      for (int i = 0; i < n; i++) {
        deviation[i] += Math.pow(one.features()[i] - mean[i], 2) / examples.size();
      }
    }
    Arrays.setAll(deviation, i -> Math.sqrt(deviation[i]) + 1e-6);
    List<double[]> rows = new ArrayList<>();
    double steepest = 0;
    for (Example one : examples) {
      double[] row = new double[n + 1];
      row[0] = 1;
      double squares = 1;
      for (int i = 0; i < n; i++) {
        row[i + 1] = (one.features()[i] - mean[i]) / deviation[i];
        squares += row[i + 1] * row[i + 1];
      }
      rows.add(row);
      steepest += one.weight() * squares / 2;
    }
    double[][] fitted = minimize(examples, rows, labels, penalty, steepest + penalty);
    for (double[] w : fitted) {
      for (int i = 0; i < n; i++) {
        w[i + 1] /= deviation[i];
        w[0] -= w[i + 1] * mean[i];
      }
    }
    return fitted;
  }

  private static double[][] minimize(
      List<Example> examples, List<double[]> rows, int labels, double penalty, double steepest) {
    int n = rows.get(0).length;
    double[][] w = new double[labels][n];
    double[][] ahead = new double[labels][n];
    double root = Math.sqrt(penalty / steepest);
    double momentum = (1 - root) / (1 + root);
    for (int step = 0; step < STEPS; step++) {
      double[][] gradient = gradient(examples, rows, ahead, penalty);
      for (int c = 0; c < labels; c++) {
        for (int i = 0; i < n; i++) {
          double before = w[c][i];
          w[c][i] = ahead[c][i] - gradient[c][i] / steepest;
          ahead[c][i] = w[c][i] + momentum * (w[c][i] - before);
        }
      }
    }
    return w;
  }

  private static double[][] gradient(
      List<Example> examples, List<double[]> rows, double[][] w, double penalty) {
    int n = rows.get(0).length;
    double[][] gradient = new double[w.length][n];
    for (int k = 0; k < rows.size(); k++) {
      double[] row = rows.get(k);
      double[] p = probabilities(w, row);
      p[examples.get(k).label()] -= 1;
      for (int c = 0; c < p.length; c++) {
        double factor = p[c] * examples.get(k).weight();
        for (int i = 0; i < n; i++) {
          gradient[c][i] += factor * row[i];
        }
      }
    }
    for (int c = 0; c < w.length; c++) {
      for (int i = 1; i < n; i++) { // a bias costs nothing
        gradient[c][i] += penalty * w[c][i];
      }
    }
    return gradient;
  }

  private static double[] probabilities(double[][] w, double[] row) {
    double[] p = new double[w.length];
    for (int c = 0; c < p.length; c++) {
      for (int i = 0; i < row.length; i++) {
        p[c] += w[c][i] * row[i];
      }
    }
    double highest = Arrays.stream(p).max().orElse(0);
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      p[c] = Math.exp(p[c] - highest);
      sum += p[c];
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= sum;
    }
    return p;
  }
}
