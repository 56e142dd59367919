package io.github.brainimaging.core.evaluation;

import io.github.brainimaging.core.internal.Arguments;
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

  /** The figure and its range, such as {@code 0.9810 (95 % interval 0.9657 to 0.9905)}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.4f (%.4g %% interval %.4f to %.4f)", estimate, 100 * level, low, high);
  }
}
