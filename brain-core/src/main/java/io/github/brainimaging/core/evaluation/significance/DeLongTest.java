package io.github.brainimaging.core.evaluation.significance;

import io.github.brainimaging.core.evaluation.ConfidenceInterval;
import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.core.evaluation.internal.DeLong;
import io.github.brainimaging.core.evaluation.internal.Distributions;
import io.github.brainimaging.core.internal.Arguments;
import java.util.List;
import java.util.Set;

/**
 * DeLong's test of whether two models have equal areas under their ROC curves on the same cases
 * (DeLong, DeLong and Clarke-Pearson, Biometrics 44, 1988, 837): the difference over its standard
 * error, which allows for the correlation of the two, against the normal distribution. It holds for
 * independent cases.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param firstAuc the area of the first model, NaN if undefined
 * @param secondAuc the area of the second model, NaN if undefined
 * @param standardError of their difference; NaN if undefined, there is one case of a kind only, or
 *     the cases do not vary (both models separate perfectly, or are equal), so that nothing tells
 *     it
 * @since 0.1.0
 */
public record DeLongTest(double firstAuc, double secondAuc, double standardError) {

  /**
   * Tests the areas of one class.
   *
   * @param positive for every case, whether it is positive in truth
   * @param first for every case, the finite score of the first model
   * @param second for every case, the finite score of the second model
   * @return the test
   * @throws IllegalArgumentException if the lengths differ or a score is not finite
   */
  public static DeLongTest of(boolean[] positive, double[] first, double[] second) {
    return of(DeLong.of(positive, first), DeLong.of(positive, second));
  }

  /**
   * Tests the macro areas, the means of the one-vs-rest areas of all classes that occur. The
   * standard error allows for the correlation between classes as well: an area is to first order a
   * sum of what each case adds to it, and so is a mean of areas.
   *
   * @param first the first model
   * @param second the second model, on the same cases in the same order
   * @return the test
   * @throws IllegalArgumentException if the truth or the labels differ
   */
  public static DeLongTest ofMacro(
      ClassificationEvaluation first, ClassificationEvaluation second) {
    Arguments.require(
        first.truth().equals(second.truth()), "second must have the truth of first, got another");
    Set<String> labels = first.classes().keySet();
    Arguments.require(
        labels.equals(second.classes().keySet()),
        "second must have the labels of first = %s, got %s",
        labels,
        second.classes().keySet());
    return of(macro(first, labels), macro(second, labels));
  }

  private static DeLong macro(ClassificationEvaluation evaluation, Set<String> labels) {
    List<DeLong> areas =
        labels.stream()
            .map(label -> DeLong.of(evaluation.positive(label), evaluation.scores(label)))
            .toList();
    return DeLong.mean(areas);
  }

  private static DeLongTest of(DeLong first, DeLong second) {
    return new DeLongTest(first.auc(), second.auc(), first.minus(second).standardError());
  }

  /**
   * The area of the first model less that of the second, with its interval.
   *
   * @param level the confidence, such as 0.95
   * @return the difference, between -1 and 1, and its interval, NaN where the standard error is
   * @throws IllegalArgumentException if the level is not between 0 and 1
   */
  public ConfidenceInterval difference(double level) {
    Arguments.require(level > 0 && level < 1, "level must be between 0 and 1, got %s", level);
    double difference = firstAuc - secondAuc;
    double reach = Distributions.normalQuantile((1 - level) / 2) * standardError;
    return new ConfidenceInterval(
        difference, Math.max(-1, difference - reach), Math.min(1, difference + reach), level);
  }

  /**
   * The two-sided p value.
   *
   * @return between 0 and 1; 1 if the areas are equal; NaN if the difference or its standard error
   *     is undefined
   */
  public double pValue() {
    double difference = Math.abs(firstAuc - secondAuc);
    return difference == 0 ? 1 : 2 * Distributions.normalTail(difference / standardError);
  }
}
