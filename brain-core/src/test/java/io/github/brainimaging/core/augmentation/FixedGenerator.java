package io.github.brainimaging.core.augmentation;

import java.util.random.RandomGenerator;

/** A generator that always draws the same fraction, so that a test knows each amount. */
record FixedGenerator(double fraction) implements RandomGenerator {

  @Override
  public double nextDouble() {
    return fraction;
  }

  @Override
  public int nextInt(int bound) {
    return (int) Math.min(bound - 1, fraction * bound);
  }

  @Override
  public long nextLong() {
    throw new UnsupportedOperationException("only fractions are fixed");
  }
}
