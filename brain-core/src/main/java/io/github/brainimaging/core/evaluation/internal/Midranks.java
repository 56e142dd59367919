package io.github.brainimaging.core.evaluation.internal;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Ranks from 1 in ascending order, where equal values share their mean rank. */
public final class Midranks {

  private Midranks() {}

  /**
   * Ranks values.
   *
   * @param values finite values
   * @return the rank of each
   */
  public static double[] of(double[] values) {
    // Adding 0 makes one of the two zeros.
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i] + 0.0))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    for (int start = 0; start < order.length; ) {
      int end = start;
      while (end < order.length && values[order[end]] == values[order[start]]) {
        end++;
      }
      for (int i = start; i < end; i++) {
        ranks[order[i]] = (start + 1 + end) / 2.0;
      }
      start = end;
    }
    return ranks;
  }
}
