package io.github.brainimaging.models.training.optimizer;

/**
 * How the learning rate falls from its peak, after the warm-up.
 *
 * <p>Implementations are immutable and safe to share between threads. {@link Object#toString} names
 * all settings: a checkpoint goes on only where it is the same. One without it, such as a lambda,
 * is not compared.
 *
 * @since 0.1.0
 */
public interface Schedule {

  /**
   * The share of the peak at some time.
   *
   * @param epochs epochs since the warm-up ended, with fractions, 0 or more
   * @param progress share of the time after the warm-up that has passed, 0 to below 1
   * @return 0 to 1
   */
  double factor(double epochs, double progress);

  /**
   * The peak throughout.
   *
   * @return the schedule
   */
  static Schedule constant() {
    return new Schedules.Constant();
  }

  /**
   * A half cosine down to zero (Loshchilov and Hutter 2017).
   *
   * @return the schedule
   */
  static Schedule cosine() {
    return new Schedules.Cosine();
  }

  /**
   * Less by a factor every so many epochs (ResNet: 0.1 every 30).
   *
   * @param factor above 0 and below 1
   * @param everyEpochs positive
   * @return the schedule
   * @throws IllegalArgumentException if one is out of range
   */
  static Schedule steps(double factor, double everyEpochs) {
    return new Schedules.Steps(factor, everyEpochs);
  }

  /**
   * Less by a factor in each epoch, smoothly (Xception: 0.94 every 2 epochs is 0.97).
   *
   * @param factorPerEpoch above 0 and below 1
   * @return the schedule
   * @throws IllegalArgumentException if it is out of range
   */
  static Schedule exponential(double factorPerEpoch) {
    return new Schedules.Exponential(factorPerEpoch);
  }

  /**
   * Divided by a number that grows with the epochs (P2): {@code 1 / (1 + decay epochs)}.
   *
   * @param decay positive
   * @return the schedule
   * @throws IllegalArgumentException if it is not positive
   */
  static Schedule inverse(double decay) {
    return new Schedules.Inverse(decay);
  }
}
