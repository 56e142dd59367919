package io.github.brainimaging.core.internal;

/** Probabilities as logarithms of their odds, which add where opinions are independent. */
public final class LogOdds {

  private LogOdds() {}

  /**
   * The logarithm of the odds.
   *
   * @param probability 0 to 1
   * @param least it is taken to be no nearer to 0 and 1 than this
   * @return finite where the least is above 0
   */
  public static double of(double probability, double least) {
    double p = Math.min(1 - least, Math.max(least, probability));
    return Math.log(p / (1 - p));
  }

  /**
   * The way back.
   *
   * @param logOdds any number
   * @return the probability with these log-odds, 0 to 1
   */
  public static double probability(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }
}
