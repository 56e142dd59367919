package io.github.brainimaging.core.evaluation.significance;

import io.github.brainimaging.core.evaluation.ConfidenceInterval;
import io.github.brainimaging.core.evaluation.internal.Distributions;
import io.github.brainimaging.core.internal.Arguments;

/**
 * McNemar's test of whether two models are right equally often on the same cases (Psychometrika 12,
 * 1947, 153). Only the cases count where one is right and the other wrong. Values are those of
 * statsmodels' {@code mcnemar}. It holds for independent cases: many slices of one patient make it
 * too sure.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param onlyFirst cases where only the first model is right
 * @param onlySecond cases where only the second model is right
 * @param cases all cases
 * @since 0.1.0
 */
public record McNemarTest(int onlyFirst, int onlySecond, int cases) {

  /**
   * Checks the counts.
   *
   * @param onlyFirst cases where only the first model is right
   * @param onlySecond cases where only the second model is right
   * @param cases all cases
   * @throws IllegalArgumentException if a count is negative, there is no case, or there are fewer
   *     than the two others together
   */
  public McNemarTest {
    Arguments.require(
        onlyFirst >= 0 && onlySecond >= 0,
        "counts must not be negative, got %s, %s",
        onlyFirst,
        onlySecond);
    Arguments.require(
        cases >= Math.max(1L, (long) onlyFirst + onlySecond),
        "cases must be at least 1 and at least onlyFirst + onlySecond, got %s",
        cases);
  }

  /**
   * Counts.
   *
   * @param firstRight for every case, whether the first model is right; at least one case
   * @param secondRight for every case, whether the second model is
   * @return the test
   * @throws IllegalArgumentException if there is no case or the lengths differ
   */
  public static McNemarTest of(boolean[] firstRight, boolean[] secondRight) {
    Arguments.require(
        firstRight.length == secondRight.length,
        "secondRight must hold one value per case = %s, got %s",
        firstRight.length,
        secondRight.length);
    int onlyFirst = 0;
    int onlySecond = 0;
    for (int i = 0; i < firstRight.length; i++) {
      onlyFirst += firstRight[i] && !secondRight[i] ? 1 : 0;
      onlySecond += secondRight[i] && !firstRight[i] ? 1 : 0;
    }
    return new McNemarTest(onlyFirst, onlySecond, firstRight.length);
  }

  /**
   * The exact two-sided p value, from the binomial distribution with a probability of one half.
   * Right for any number of cases.
   *
   * @return above 0, at most 1; 1 if the models are right on the same cases
   */
  public double exactPValue() {
    int discordant = onlyFirst + onlySecond;
    double tail = Distributions.halfBinomialTail(discordant, Math.min(onlyFirst, onlySecond));
    return Math.min(1, 2 * tail);
  }

  /**
   * The statistic with Edwards' continuity correction, {@code (|b - c| - 1)^2 / (b + c)}.
   *
   * @return 0 or more; 0 if the models are right on the same cases
   */
  public double chiSquare() {
    int discordant = onlyFirst + onlySecond;
    double excess = Math.abs(onlyFirst - onlySecond) - 1.0;
    return discordant == 0 ? 0 : excess * excess / discordant;
  }

  /**
   * The p value of {@link #chiSquare()} with one degree of freedom; good from about 25 discordant
   * cases on.
   *
   * @return between 0 and 1
   */
  public double chiSquarePValue() {
    return Distributions.chiSquareTail(chiSquare());
  }

  /**
   * The accuracy of the first model less that of the second, with the interval of A. Agresti and Y.
   * Min (Statistics in Medicine 24, 2005, 729): Wald's after half a case is added to each of the
   * four counts, so that it stays open where all cases speak for one model, or none for any.
   *
   * @param level the confidence, such as 0.95
   * @return the difference, between -1 and 1, and its interval
   * @throws IllegalArgumentException if the level is not between 0 and 1
   */
  public ConfidenceInterval difference(double level) {
    Arguments.require(level > 0 && level < 1, "level must be between 0 and 1, got %s", level);
    double n = cases + 2.0;
    double center = (onlyFirst - onlySecond) / n;
    double variance = ((onlyFirst + onlySecond + 1) / n - center * center) / n;
    double reach = Distributions.normalQuantile((1 - level) / 2) * Math.sqrt(variance);
    return new ConfidenceInterval(
        (onlyFirst - onlySecond) / (double) cases,
        Math.max(-1, center - reach),
        Math.min(1, center + reach),
        level);
  }
}
