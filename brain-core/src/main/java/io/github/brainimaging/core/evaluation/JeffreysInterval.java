package io.github.brainimaging.core.evaluation;

import io.github.brainimaging.core.evaluation.internal.Distributions;
import io.github.brainimaging.core.internal.Arguments;

/**
 * The Bayesian interval of a share, such as an accuracy or a sensitivity, from a count. With s of n
 * cases right and Jeffreys' prior, the true share has the posterior {@code Beta(s + 1/2, n - s +
 * 1/2)}; the interval leaves out equal tails of it. The lower end is 0 if no case is right, the
 * upper end 1 if all are (Brown, Cai and DasGupta, Statistical Science 16, 2001, 101). It holds for
 * independent cases: of many slices of one patient it is too narrow, see {@link Bootstrap#grouped}.
 */
public final class JeffreysInterval {

  private JeffreysInterval() {}

  /**
   * Computes the interval.
   *
   * @param successes number of cases that are right, 0 to {@code cases}
   * @param cases number of cases, at least 1
   * @param level the probability that the interval holds, such as 0.95
   * @return the share and its interval
   * @throws IllegalArgumentException if an argument is not in its range
   */
  public static ConfidenceInterval of(int successes, int cases, double level) {
    Arguments.requirePositive("cases", cases);
    Arguments.require(
        successes >= 0 && successes <= cases,
        "successes must be between 0 and cases = %s, got %s",
        cases,
        successes);
    Arguments.require(level > 0 && level < 1, "level must be between 0 and 1, got %s", level);
    double alpha = successes + 0.5;
    double beta = cases - successes + 0.5;
    double tail = (1 - level) / 2;
    return new ConfidenceInterval(
        (double) successes / cases,
        successes == 0 ? 0 : Distributions.lowerBetaQuantile(alpha, beta, tail),
        successes == cases ? 1 : Distributions.upperBetaQuantile(alpha, beta, tail),
        level);
  }
}
