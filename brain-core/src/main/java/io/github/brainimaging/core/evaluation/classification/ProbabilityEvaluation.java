package io.github.brainimaging.core.evaluation.classification;

import java.util.List;
import java.util.Map;

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
 * </pre>
 *
 * Log loss is that of scikit-learn: probabilities are kept from 0 and 1 by 2^-52 and scaled to the
 * sum of 1 first. Of two classes, the Brier score is twice scikit-learn's, which looks at one of
 * them. If the scores are no probabilities (a value outside 0 to 1, or the sum of a case further
 * than 0.001 from 1, such as those of a network with sigmoid outputs) all three are NaN.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param logLoss 0 or more, 0 is best, the logarithm of the number of classes is chance, or NaN
 * @param brierScore between 0 and 2, 0 is best, or NaN
 * @param calibrationError between 0 and 1, 0 is best, or NaN
 */
public record ProbabilityEvaluation(double logLoss, double brierScore, double calibrationError) {

  private static final double SUM_TOLERANCE = 1e-3;
  private static final double EPSILON = 0x1p-52;
  private static final int BINS = 15;

  static ProbabilityEvaluation of(List<String> truth, Map<String, double[]> scores) {
    List<String> labels = List.copyOf(scores.keySet());
    double[][] byClass = scores.values().toArray(double[][]::new);
    double logLoss = 0;
    double brier = 0;
    double[] excess = new double[BINS];
    for (int i = 0; i < truth.size(); i++) {
      int label = labels.indexOf(truth.get(i));
      double sum = 0;
      double clipped = 0;
      int best = 0;
      for (int c = 0; c < byClass.length; c++) {
        double p = byClass[c][i];
        if (!(p >= 0 && p <= 1)) {
          return new ProbabilityEvaluation(Double.NaN, Double.NaN, Double.NaN);
        }
        sum += p;
        clipped += clip(p);
        brier += (p - (c == label ? 1 : 0)) * (p - (c == label ? 1 : 0));
        best = p > byClass[best][i] ? c : best;
      }
      if (Math.abs(sum - 1) > SUM_TOLERANCE) {
        return new ProbabilityEvaluation(Double.NaN, Double.NaN, Double.NaN);
      }
      logLoss -= Math.log(clip(byClass[label][i]) / clipped);
      double highest = byClass[best][i];
      int bin = Math.min(BINS - 1, (int) (highest * BINS));
      // Bins are open at their lower end.
      bin -= bin > 0 && highest <= (double) bin / BINS ? 1 : 0;
      excess[bin] += highest - (best == label ? 1 : 0);
    }
    double calibration = 0;
    for (double ofBin : excess) {
      calibration += Math.abs(ofBin);
    }
    int n = truth.size();
    return new ProbabilityEvaluation(logLoss / n, brier / n, calibration / n);
  }

  private static double clip(double p) {
    return Math.max(EPSILON, Math.min(1 - EPSILON, p));
  }
}
