package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which labels an answer must name so that the true one is among them as often as was asked for:
 * split conformal prediction. Cases whose labels are known each give a score, how badly their true
 * label fits; a label is in the set of a new case if it fits no worse than the score that is the
 * ceil((n + 1) x coverage)-th of the n known ones. Where new cases are like the known ones, the
 * true label is in the set with at least the probability asked for, whatever the classifier is
 * worth: a bad one gives large sets.
 *
 * <p>A promise about cases of the same kind, on average: not about another scanner, and not about
 * the one case at hand.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param method how scores are made and compared
 * @param coverage the share of cases whose set is to hold the true label where nothing else is
 *     asked for, above 0 and below 1
 * @param scores the scores of the known cases by their true label, in rising order; none at all if
 *     there are no sets
 * @since 0.1.0
 */
public record ConformalSets(Method method, double coverage, Map<String, List<Double>> scores) {

  /** How badly a label fits, and with which known cases it is compared. */
  public enum Method {
    /**
     * 1 - probability, compared with all cases (Lei et al., 2018): the coverage holds on the mean
     * of all classes. Sets may be empty: then no label fits as well as it mostly does.
     */
    SPLIT,
    /**
     * 1 - probability, compared with the cases of the same label (Vovk, 2012): the coverage holds
     * for each class by itself. Sets may be empty.
     */
    BY_CLASS,
    /**
     * The sum of the probabilities above the label's, and {@value #PENALTY} for each label from the
     * second on, compared with all cases (Angelopoulos et al., "Uncertainty sets for image
     * classifiers using conformal prediction", 2021; without their random part, so that a case has
     * one set). Never empty, so the coverage is never below the share of right answers.
     */
    RAPS
  }

  private static final double PENALTY = 0.1;

  /** Scores are rounded up to this, which can only make sets larger. */
  private static final double PRECISION = 1e-6;

  private static final double ROUNDING = 1e-9;
  private static final double USUAL = 0.95;
  private static final ConformalSets NONE = new ConformalSets(Method.BY_CLASS, USUAL, Map.of());

  /**
   * Copies and sorts the scores.
   *
   * @param method see above
   * @param coverage see above
   * @param scores see above
   * @throws IllegalArgumentException if the coverage is out of range, a score is not finite or
   *     there are labels and no score
   */
  public ConformalSets {
    Objects.requireNonNull(method, "method");
    requireCoverage(coverage);
    Map<String, List<Double>> copy = new LinkedHashMap<>();
    scores.forEach(
        (label, values) -> {
          values.forEach(value -> Arguments.requireFinite("score of " + label, value));
          copy.put(label, values.stream().sorted().toList());
        });
    Arguments.require(
        copy.isEmpty() || copy.values().stream().anyMatch(values -> !values.isEmpty()),
        "scores must hold at least one value, got %s",
        copy);
    scores = Collections.unmodifiableMap(copy);
  }

  /**
   * No sets.
   *
   * @return without scores
   */
  public static ConformalSets none() {
    return NONE;
  }

  /**
   * Learns from cases that the classifier did not learn from.
   *
   * @param method how scores are made and compared
   * @param coverage what is asked for where nothing else is, above 0 and below 1; 0.95 is usual
   * @param truth the true label of each case; about 1 / (1 - coverage) cases or more are needed (of
   *     each label, for {@link Method#BY_CLASS}) before any label can be left out
   * @param probabilities of each case, label by label, all with the same labels
   * @return the sets
   * @throws IllegalArgumentException if there is no case, the numbers differ, a label is unknown or
   *     the coverage is out of range
   */
  public static ConformalSets fit(
      Method method, double coverage, List<String> truth, List<Map<String, Double>> probabilities) {
    Arguments.require(
        !truth.isEmpty() && truth.size() == probabilities.size(),
        "probabilities must be of every case, got %s for %s cases",
        probabilities.size(),
        truth.size());
    Map<String, List<Double>> scores = new LinkedHashMap<>();
    probabilities.get(0).keySet().forEach(label -> scores.put(label, new ArrayList<>()));
    for (int i = 0; i < truth.size(); i++) {
      String label = truth.get(i);
      Map<String, Double> each = scores(method, probabilities.get(i));
      Arguments.require(
          scores.containsKey(label) && each.containsKey(label),
          "label must be one of %s, got %s",
          scores.keySet(),
          label);
      double score = Math.ceil(each.getOrDefault(label, 0.0) / PRECISION - ROUNDING) * PRECISION;
      scores.computeIfAbsent(label, key -> new ArrayList<>()).add(score);
    }
    return new ConformalSets(method, coverage, scores);
  }

  /**
   * The set of a case.
   *
   * @param probabilities of the case, label by label
   * @param share the share of cases whose set is to hold the true label, above 0 and below 1
   * @return the labels in it, the most probable first; empty only where the method says so
   * @throws IllegalArgumentException if the coverage is out of range or there are no scores
   */
  public Set<String> labels(Map<String, Double> probabilities, double share) {
    requireCoverage(share);
    Arguments.require(!scores.isEmpty(), "scores must be there, got none");
    List<Double> all =
        method == Method.BY_CLASS
            ? List.of()
            : scores.values().stream().flatMap(List::stream).sorted().toList();
    Set<String> set = new LinkedHashSet<>();
    scores(method, probabilities)
        .forEach(
            (label, score) -> {
              List<Double> known =
                  method == Method.BY_CLASS ? scores.getOrDefault(label, List.of()) : all;
              if (score <= threshold(known, share) + ROUNDING) {
                set.add(label);
              }
            });
    return Collections.unmodifiableSet(set);
  }

  /** The score up to which a label is in the set; infinite where too few cases are known. */
  private static double threshold(List<Double> sorted, double share) {
    int rank = (int) Math.ceil((sorted.size() + 1) * share - ROUNDING);
    return rank > sorted.size() ? Double.POSITIVE_INFINITY : sorted.get(rank - 1);
  }

  /** Of each label, the most probable first. */
  private static Map<String, Double> scores(Method method, Map<String, Double> probabilities) {
    Map<String, Double> scores = new LinkedHashMap<>();
    double above = 0;
    for (Map.Entry<String, Double> label :
        probabilities.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .toList()) {
      double score = method == Method.RAPS ? above + PENALTY * scores.size() : 1 - label.getValue();
      scores.put(label.getKey(), score);
      above += label.getValue();
    }
    return scores;
  }

  private static void requireCoverage(double coverage) {
    Arguments.require(
        coverage > 0 && coverage < 1, "coverage must be between 0 and 1, got %s", coverage);
  }

  /** Method, coverage and how many cases of each label are known. */
  @Override
  public String toString() {
    String[] counts =
        scores.entrySet().stream()
            .map(label -> label.getKey() + " " + label.getValue().size())
            .toArray(String[]::new);
    return String.format(
        Locale.ROOT, "ConformalSets[%s, %s, cases %s]", method, coverage, Arrays.toString(counts));
  }
}
