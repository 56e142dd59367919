package io.github.brainimaging.core.augmentation;

import java.util.Iterator;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/** A generator that always draws the same fraction, so that a test knows each amount. */
record FixedGenerator(double fraction) implements RandomGenerator {

  /** One that draws these in turn, where -1 is the low end of a range and 1 the high one. */
  static RandomGenerator ofAmounts(double... amounts) {
    Iterator<Double> drawn = DoubleStream.of(amounts).map(a -> (a + 1) / 2).iterator();
    return new RandomGenerator() {
      @Override
      public double nextDouble() {
        return drawn.next();
      }

      @Override
      public long nextLong() {
        throw new UnsupportedOperationException("only fractions are fixed");
      }
    };
  }

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
