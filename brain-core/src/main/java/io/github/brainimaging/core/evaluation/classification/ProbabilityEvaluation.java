package io.github.brainimaging.core.evaluation.classification;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * How good the scores of a classifier are as probabilities. With p_ic the probability that case i
 * is of class c, y_ic 1 for its true class and 0 for the others, means over the cases:
 *
 * <pre>
 *   log loss           mean of -ln p_i(truth)
 *   Brier score        mean of sum over c of (p_ic - y_ic)^2, from 0 to 2     Brier, 1950
 *   calibration error  sum over 15 bins of the highest probability, of equal width, of
 *                      |share that is right - mean highest probability| times the bin's share
 *                      of the cases                                           Guo et al., 2017
 *   class-wise error   the mean over the classes of the same, with the probability of the class
 *                      in the place of the highest and "it is this class" in that of "right"
 *                                                                            Nixon et al., 2019
 *   adaptive error     the calibration error with 15 bins of equally many cases
 *                                                                            Nguyen and O'Connor, 2015
 * </pre>
 *
 * Log loss is that of scikit-learn: probabilities are kept from 0 and 1 by 2^-52 and scaled to the
 * sum of 1 first. Of two classes, the Brier score is twice scikit-learn's, which looks at one of
 * them. If the scores are no probabilities (a value outside 0 to 1, or the sum of a case further
 * than 0.001 from 1, such as those of a network with sigmoid outputs) all are NaN and there are no
 * bins.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param logLoss 0 or more, 0 is best, the logarithm of the number of classes is chance, or NaN
 * @param brierScore between 0 and 2, 0 is best, or NaN
 * @param calibrationError between 0 and 1, 0 is best, or NaN
 * @param classwiseError between 0 and 1, 0 is best, or NaN
 * @param adaptiveError between 0 and 1, 0 is best, or NaN
 * @param bins those of the calibration error in which there are cases, in rising order: a
 *     reliability diagram
 * @since 0.1.0
 */
public record ProbabilityEvaluation(
    double logLoss,
    double brierScore,
    double calibrationError,
    double classwiseError,
    double adaptiveError,
    List<Bin> bins) {

  /**
   * The cases whose highest probability lies in one bin.
   *
   * @param confidence their mean highest probability
   * @param accuracy the share of them that is right
   * @param count how many they are
   */
  public record Bin(double confidence, double accuracy, int count) {}

  private static final ProbabilityEvaluation UNDEFINED =
      new ProbabilityEvaluation(
          Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, List.of());

  private static final double SUM_TOLERANCE = 1e-3;
  private static final double EPSILON = 0x1p-52;
  private static final int BINS = 15;

  /**
   * Copies the bins.
   *
   * @param logLoss see above
   * @param brierScore see above
   * @param calibrationError see above
   * @param classwiseError see above
   * @param adaptiveError see above
   * @param bins see above
   */
  public ProbabilityEvaluation {
    bins = List.copyOf(bins);
  }

  static ProbabilityEvaluation of(List<String> truth, Map<String, double[]> scores) {
    List<String> labels = List.copyOf(scores.keySet());
    double[][] byClass = scores.values().toArray(double[][]::new);
    int n = truth.size();
    double logLoss = 0;
    double brier = 0;
    double[] highest = new double[n];
    boolean[] right = new boolean[n];
    boolean[][] is = new boolean[byClass.length][n];
    for (int i = 0; i < n; i++) {
      int label = labels.indexOf(truth.get(i));
      double sum = 0;
      double clipped = 0;
      int best = 0;
      for (int c = 0; c < byClass.length; c++) {
        double p = byClass[c][i];
        if (!(p >= 0 && p <= 1)) {
          return UNDEFINED;
        }
        sum += p;
        clipped += clip(p);
        brier += (p - (c == label ? 1 : 0)) * (p - (c == label ? 1 : 0));
        best = p > byClass[best][i] ? c : best;
      }
      if (Math.abs(sum - 1) > SUM_TOLERANCE) {
        return UNDEFINED;
      }
      logLoss -= Math.log(clip(byClass[label][i]) / clipped);
      highest[i] = byClass[best][i];
      right[i] = best == label;
      is[label][i] = true;
    }
    double classwise = 0;
    for (int c = 0; c < byClass.length; c++) {
      classwise += error(equalWidth(byClass[c], is[c]), n) / byClass.length;
    }
    List<Bin> bins = equalWidth(highest, right);
    return new ProbabilityEvaluation(
        logLoss / n,
        brier / n,
        error(bins, n),
        classwise,
        error(equalCount(highest, right), n),
        bins);
  }

  private static List<Bin> equalWidth(double[] p, boolean[] is) {
    return bins(
        p,
        is,
        i -> {
          int bin = Math.min(BINS - 1, (int) (p[i] * BINS));
          // Bins are open at their lower end.
          return bin - (bin > 0 && p[i] <= (double) bin / BINS ? 1 : 0);
        });
  }

  private static List<Bin> equalCount(double[] p, boolean[] is) {
    double[] sorted = p.clone();
    Arrays.sort(sorted);
    int[] binOf = new int[p.length];
    for (int i = 0; i < p.length; i++) {
      // Equal values share a bin: the one of the last of them.
      int rank = last(sorted, p[i]);
      binOf[i] = (int) ((long) rank * BINS / p.length);
    }
    return bins(p, is, i -> binOf[i]);
  }

  private static int last(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] > value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low - 1;
  }

  private static List<Bin> bins(double[] p, boolean[] is, IntUnaryOperator binOf) {
    double[] sums = new double[BINS];
    int[] hits = new int[BINS];
    int[] counts = new int[BINS];
    for (int i = 0; i < p.length; i++) {
      int bin = binOf.applyAsInt(i);
      sums[bin] += p[i];
      hits[bin] += is[i] ? 1 : 0;
      counts[bin]++;
    }
    return IntStream.range(0, BINS)
        .filter(bin -> counts[bin] > 0)
        .mapToObj(
            bin -> new Bin(sums[bin] / counts[bin], (double) hits[bin] / counts[bin], counts[bin]))
        .toList();
  }

  private static double error(List<Bin> bins, int cases) {
    return bins.stream().mapToDouble(b -> b.count * Math.abs(b.confidence - b.accuracy)).sum()
        / cases;
  }

  private static double clip(double p) {
    return Math.max(EPSILON, Math.min(1 - EPSILON, p));
  }
}
