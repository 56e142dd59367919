package io.github.brainimaging.core.evaluation.significance;

import io.github.brainimaging.core.evaluation.ConfidenceInterval;
import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Several classifiers on the same cases, and whether the differences of each two are more than
 * chance: McNemar's exact test of the accuracy and DeLong's test of the macro AUC, each with Holm's
 * correction for the number of pairs. {@link #toString()} is a paragraph per pair.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class ModelComparison {

  private static final double LEVEL = 0.95;

  private final List<Pair> pairs;

  private ModelComparison(List<Pair> pairs) {
    this.pairs = pairs;
  }

  /**
   * A model that was measured.
   *
   * @param name what to call it
   * @param evaluation its figures
   */
  public record Model(String name, ClassificationEvaluation evaluation) {}

  /**
   * Two models, and the tests of their difference.
   *
   * @param first the one
   * @param second the other
   * @param accuracy the test of the accuracy
   * @param auc the test of the macro AUC
   * @param accuracyP the exact p value of the accuracy, corrected
   * @param aucP the p value of the AUC, corrected; 1 where it is undefined, since only one class
   *     occurs: then nothing was shown
   */
  public record Pair(
      Model first,
      Model second,
      McNemarTest accuracy,
      DeLongTest auc,
      double accuracyP,
      double aucP) {

    private Pair corrected(double newAccuracyP, double newAucP) {
      return new Pair(first, second, accuracy, auc, newAccuracyP, newAucP);
    }

    /** The differences with their intervals of 95 %. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s less %s:%n"
              + "  accuracy   %s%s, McNemar's exact test (%d cases right only in the first, %d"
              + " only in the second)%n"
              + "  macro AUC  %s%s, DeLong's test of the mean one-vs-rest AUC%n",
          first.name,
          second.name,
          difference(accuracy.difference(LEVEL)),
          p(accuracyP),
          accuracy.onlyFirst(),
          accuracy.onlySecond(),
          difference(auc.difference(LEVEL)),
          p(aucP));
    }
  }

  /**
   * Compares every two models.
   *
   * @param models the models, all measured on the same cases in the same order
   * @return the comparison; of one model without pairs
   * @throws IllegalArgumentException if truths or labels differ
   */
  public static ModelComparison of(List<Model> models) {
    List<Pair> raw = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      for (int k = i + 1; k < models.size(); k++) {
        ClassificationEvaluation a = models.get(i).evaluation;
        ClassificationEvaluation b = models.get(k).evaluation;
        McNemarTest accuracy = McNemarTest.of(a.correct(), b.correct());
        DeLongTest auc = DeLongTest.ofMacro(a, b);
        double aucP = Double.isNaN(auc.pValue()) ? 1 : auc.pValue();
        raw.add(
            new Pair(models.get(i), models.get(k), accuracy, auc, accuracy.exactPValue(), aucP));
      }
    }
    double[] accuracyP = holm(raw.stream().mapToDouble(Pair::accuracyP).toArray());
    double[] aucP = holm(raw.stream().mapToDouble(Pair::aucP).toArray());
    return new ModelComparison(
        IntStream.range(0, raw.size())
            .mapToObj(i -> raw.get(i).corrected(accuracyP[i], aucP[i]))
            .toList());
  }

  /**
   * Every two models: first and second, first and third, and so on.
   *
   * @return an unmodifiable list
   */
  public List<Pair> pairs() {
    return pairs;
  }

  /**
   * Holm's correction of the p values of several tests (Scandinavian Journal of Statistics 6, 1979,
   * 65): if all hypotheses with a corrected value of at most 0.05 are rejected, the chance that any
   * of them is true is at most 0.05. As statsmodels' {@code multipletests(method="holm")}.
   *
   * @param pValues each between 0 and 1
   * @return the corrected values in the same order, each at least as large
   * @throws IllegalArgumentException if a value is not between 0 and 1
   */
  public static double[] holm(double... pValues) {
    for (double p : pValues) {
      Arguments.require(p >= 0 && p <= 1, "p value must be between 0 and 1, got %s", p);
    }
    int[] ascending =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double largest = 0;
    for (int i = 0; i < ascending.length; i++) {
      largest = Math.max(largest, (pValues.length - i) * pValues[ascending[i]]);
      adjusted[ascending[i]] = Math.min(1, largest);
    }
    return adjusted;
  }

  /** A paragraph per pair, and what holds for all. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    pairs.forEach(pair -> text.append(String.format("%n%s", pair)));
    text.append(
        String.format(
            "%n%sEvery image counts as a case of its own: with several of one patient the intervals"
                + " are too narrow.",
            pairs.size() > 1
                ? "The p values of each test are Holm's, for "
                    + pairs.size()
                    + " pairs; the"
                    + " intervals are not corrected. "
                : ""));
    return text.toString();
  }

  private static String difference(ConfidenceInterval d) {
    if (Double.isNaN(d.low())) {
      return String.format(Locale.ROOT, "%+.4f (interval unknown)", d.estimate());
    }
    return String.format(
        Locale.ROOT, "%+.4f (95 %% interval %+.4f to %+.4f)", d.estimate(), d.low(), d.high());
  }

  private static String p(double value) {
    return value < 0.0001 ? ", p < 0.0001" : String.format(Locale.ROOT, ", p = %.4f", value);
  }
}
