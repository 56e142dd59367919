package io.github.brainimaging.core.evaluation.classification;

import io.github.brainimaging.core.internal.Arguments;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What sets of labels are worth that are to hold the true one, such as {@code Prediction.set()}
 * gives.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param coverage share of the cases whose set holds the true label
 * @param coverageByClass the same for the cases of each true label, by name
 * @param meanSize mean number of labels in a set
 * @param empty share of the sets that are empty
 * @param single share of the sets of one label: the answers that are sure
 * @since 0.1.0
 */
public record SetEvaluation(
    double coverage,
    Map<String, Double> coverageByClass,
    double meanSize,
    double empty,
    double single) {

  /**
   * Copies the map.
   *
   * @param coverage see above
   * @param coverageByClass see above
   * @param meanSize see above
   * @param empty see above
   * @param single see above
   */
  public SetEvaluation {
    coverageByClass = Collections.unmodifiableMap(new LinkedHashMap<>(coverageByClass));
  }

  /**
   * Counts.
   *
   * @param truth the true label of each case, at least one
   * @param sets the set of each case
   * @return the figures
   * @throws IllegalArgumentException if the lengths differ or there is no case
   */
  public static SetEvaluation of(List<String> truth, List<Set<String>> sets) {
    int n = truth.size();
    Arguments.require(
        n > 0 && n == sets.size(),
        "sets must be one per case, got %s for %s cases",
        sets.size(),
        n);
    Map<String, int[]> heldAndAll = new TreeMap<>();
    int held = 0;
    int size = 0;
    int empty = 0;
    int single = 0;
    for (int i = 0; i < n; i++) {
      int[] counts = heldAndAll.computeIfAbsent(truth.get(i), label -> new int[2]);
      int hit = sets.get(i).contains(truth.get(i)) ? 1 : 0;
      counts[0] += hit;
      counts[1]++;
      held += hit;
      size += sets.get(i).size();
      empty += sets.get(i).isEmpty() ? 1 : 0;
      single += sets.get(i).size() == 1 ? 1 : 0;
    }
    Map<String, Double> byClass = new LinkedHashMap<>();
    heldAndAll.forEach((label, counts) -> byClass.put(label, (double) counts[0] / counts[1]));
    return new SetEvaluation(
        (double) held / n, byClass, (double) size / n, (double) empty / n, (double) single / n);
  }

  /** Such as {@code coverage 0.957 (glioma 0.958, notumor 0.957), mean size 0.98, ...}. */
  @Override
  public String toString() {
    String[] classes =
        coverageByClass.entrySet().stream()
            .map(c -> String.format(Locale.ROOT, "%s %.3f", c.getKey(), c.getValue()))
            .toArray(String[]::new);
    return String.format(
        Locale.ROOT,
        "coverage %.3f (%s), mean size %.3f, empty %.3f, one label %.3f",
        coverage,
        String.join(", ", classes),
        meanSize,
        empty,
        single);
  }
}
