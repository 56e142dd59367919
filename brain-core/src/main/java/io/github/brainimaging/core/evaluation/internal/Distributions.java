package io.github.brainimaging.core.evaluation.internal;

import io.github.brainimaging.core.internal.OptionalLibrary;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** The distributions behind tests and intervals: the one place of Commons Statistics. */
public final class Distributions {

  private Distributions() {}

  /**
   * The standard normal quantile of an upper tail.
   *
   * @param tail probability above it
   * @return the quantile
   */
  public static double normalQuantile(double tail) {
    OptionalLibrary.COMMONS_STATISTICS.require();
    return NormalDistribution.of(0, 1).inverseSurvivalProbability(tail);
  }

  /**
   * The upper tail of the standard normal distribution.
   *
   * @param x the value
   * @return probability above it
   */
  public static double normalTail(double x) {
    OptionalLibrary.COMMONS_STATISTICS.require();
    return NormalDistribution.of(0, 1).survivalProbability(x);
  }

  /**
   * The upper tail of the chi-square distribution with one degree of freedom.
   *
   * @param x the value
   * @return probability above it
   */
  public static double chiSquareTail(double x) {
    OptionalLibrary.COMMONS_STATISTICS.require();
    return ChiSquaredDistribution.of(1).survivalProbability(x);
  }

  /**
   * The lower tail of the binomial distribution with a probability of one half.
   *
   * @param trials number of trials
   * @param x the count
   * @return probability of this count or less
   */
  public static double halfBinomialTail(int trials, int x) {
    OptionalLibrary.COMMONS_STATISTICS.require();
    return BinomialDistribution.of(trials, 0.5).cumulativeProbability(x);
  }

  /**
   * The quantile of a lower tail of the beta distribution.
   *
   * @param alpha first parameter
   * @param beta second parameter
   * @param tail probability below it
   * @return the quantile
   */
  public static double lowerBetaQuantile(double alpha, double beta, double tail) {
    OptionalLibrary.COMMONS_STATISTICS.require();
    return BetaDistribution.of(alpha, beta).inverseCumulativeProbability(tail);
  }

  /**
   * The quantile of an upper tail of the beta distribution.
   *
   * @param alpha first parameter
   * @param beta second parameter
   * @param tail probability above it
   * @return the quantile
   */
  public static double upperBetaQuantile(double alpha, double beta, double tail) {
    OptionalLibrary.COMMONS_STATISTICS.require();
    return BetaDistribution.of(alpha, beta).inverseSurvivalProbability(tail);
  }
}
