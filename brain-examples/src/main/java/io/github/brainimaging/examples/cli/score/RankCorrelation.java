package io.github.brainimaging.examples.cli.score;

import java.util.Arrays;

/** Whether two lists of numbers rise together. */
final class RankCorrelation {

  private RankCorrelation() {}

  /**
   * Spearman's: the correlation of the ranks, equal values sharing theirs; NaN if all are equal.
   */
  static double of(double[] a, double[] b) {
    double[] x = ranks(a);
    double[] y = ranks(b);
    double middle = (a.length - 1) / 2.0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - middle) * (x[i] - middle);
      yy += (y[i] - middle) * (y[i] - middle);
      xy += (x[i] - middle) * (y[i] - middle);
    }
    return xy / Math.sqrt(xx * yy);
  }

  private static double[] ranks(double[] values) {
    return Arrays.stream(values)
        .map(
            value -> {
              long below = Arrays.stream(values).filter(other -> other < value).count();
              long equal = Arrays.stream(values).filter(other -> other == value).count();
              return below + (equal - 1) / 2.0;
            })
        .toArray();
  }
}
