package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.internal.Arguments;
import java.util.random.RandomGenerator;

/** Numbers from low to high, from which an augmentation draws uniformly. */
record Range(double low, double high) {

  Range {
    Arguments.requireFinite("low", low);
    Arguments.requireFinite("high", high);
    Arguments.require(low <= high, "low must not be above high, got %s and %s", low, high);
  }

  /** From -largest to largest. */
  static Range around0(String name, double largest) {
    Arguments.require(
        largest >= 0 && largest < Double.POSITIVE_INFINITY,
        "%s must be finite and not negative, got %s",
        name,
        largest);
    return new Range(-largest, largest);
  }

  Range requireNotNegative() {
    Arguments.require(low >= 0, "low must not be negative, got %s", low);
    return this;
  }

  Range requirePositive() {
    Arguments.requirePositive("low", low);
    return this;
  }

  double draw(RandomGenerator random) {
    return low + (high - low) * random.nextDouble();
  }
}
