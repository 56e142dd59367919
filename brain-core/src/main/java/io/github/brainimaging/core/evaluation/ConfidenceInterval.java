package io.github.brainimaging.core.evaluation;

import io.github.brainimaging.core.evaluation.internal.Distributions;
import io.github.brainimaging.core.internal.Arguments;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * A figure and the range that holds its true value with a stated confidence.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param estimate the figure, NaN if undefined
 * @param low the lower end, NaN if undefined
 * @param high the upper end, NaN if undefined
 * @param level the confidence, between 0 and 1, such as 0.95
 * @since 0.1.0
 */
public record ConfidenceInterval(double estimate, double low, double high, double level) {

  /**
   * Checks the level.
   *
   * @param estimate the figure, NaN if undefined
   * @param low the lower end, NaN if undefined
   * @param high the upper end, NaN if undefined
   * @param level the confidence, between 0 and 1
   * @throws IllegalArgumentException if the level is not between 0 and 1, both excluded
   */
  public ConfidenceInterval {
    Arguments.require(level > 0 && level < 1, "level must be between 0 and 1, got %s", level);
  }

  /**
   * The Bayesian interval of a share, such as an accuracy or a sensitivity, from a count. With s of
   * n cases right and Jeffreys' prior, the true share has the posterior {@code Beta(s + 1/2, n - s
   * + 1/2)}; the interval leaves out equal tails of it. The lower end is 0 if no case is right, the
   * upper end 1 if all are (Brown, Cai and DasGupta, Statistical Science 16, 2001, 101). It holds
   * for independent cases: of many slices of one patient it is too narrow, see {@link
   * Bootstrap#grouped}.
   *
   * @param successes number of cases that are right, 0 to {@code cases}
   * @param cases number of cases, at least 1
   * @param level the probability that the interval holds, such as 0.95
   * @return the share and its interval
   * @throws IllegalArgumentException if an argument is not in its range
   * @throws IllegalStateException if Commons Statistics is not on the class path
   */
  public static ConfidenceInterval jeffreys(int successes, int cases, double level) {
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

  /**
   * The figure and its range, such as {@code 0.9810 (95 % interval 0.9657 to 0.9905)}, or {@code
   * 1.0000 (interval unknown)}.
   */
  @Override
  public String toString() {
    if (Double.isNaN(low) || Double.isNaN(high)) {
      return String.format(Locale.ROOT, "%.4f (interval unknown)", estimate);
    }
    return String.format(
        Locale.ROOT, "%.4f (%s %% interval %.4f to %.4f)", estimate, percent(), low, high);
  }

  /** 95 for 0.95, 99.5 for 0.995: no zeros that say nothing. */
  private String percent() {
    return new BigDecimal(100 * level)
        .round(new MathContext(6))
        .stripTrailingZeros()
        .toPlainString();
  }
}
