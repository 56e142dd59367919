package io.github.brainimaging.models.card;

import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.internal.Arguments;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.IntPredicate;

/**
 * How the samples of one sequence become what a three-dimensional network takes.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param kind how
 * @param low PERCENTILES: the percentile that becomes 0; CLIP: the lowest value; likewise before a
 *     Z_SCORE
 * @param high PERCENTILES: the percentile that becomes 1; CLIP: the largest value
 * @param mean CLIP and those before a Z_SCORE: what is subtracted afterwards
 * @param deviation of the same: what it is divided by, positive
 * @since 0.1.0
 */
public record ChannelNormalization(
    Kind kind, double low, double high, double mean, double deviation) {

  /** Least standard deviation, as nnU-Net and MONAI keep from dividing by nothing. */
  private static final double LEAST_DEVIATION = 1e-8;

  /** The kinds. */
  public enum Kind {
    /** As they are. */
    NONE,
    /** Minus the mean, divided by the standard deviation (of the population). */
    Z_SCORE,
    /** The same with mean and deviation of the samples that are not 0; 0 stays 0. */
    Z_SCORE_NONZERO,
    /**
     * The same with mean and deviation within the head: where any sequence is not 0, and the holes
     * in it; what is outside stays. As nnU-Net with {@code use_mask_for_norm}.
     */
    Z_SCORE_HEAD,
    /** From the low to the high percentile (linear between ranks) to 0 to 1, and cut there. */
    PERCENTILES,
    /** Cut to low and high (Hounsfield units of a CT), minus mean, divided by deviation. */
    CLIP,
    /**
     * Cut to the low and high percentile, then Z_SCORE, then minus mean, divided by deviation. As
     * deepbet, with 0.5, 99.5, -0.449 / 0.226 and 1 / 0.226.
     */
    PERCENTILES_Z_SCORE,
    /** The same with low and high as values. */
    CLIP_Z_SCORE
  }

  /**
   * Checks the values.
   *
   * @param kind see above
   * @param low see above
   * @param high see above
   * @param mean see above
   * @param deviation see above
   * @throws IllegalArgumentException if low is not below high, a percentile is not 0 to 100, or the
   *     deviation is not positive
   */
  public ChannelNormalization {
    Objects.requireNonNull(kind, "kind");
    boolean percentiles = kind == Kind.PERCENTILES || kind == Kind.PERCENTILES_Z_SCORE;
    boolean ranged = percentiles || kind == Kind.CLIP || kind == Kind.CLIP_Z_SCORE;
    Arguments.require(!ranged || low < high, "low must be below high, got %s and %s", low, high);
    Arguments.require(
        !percentiles || (low >= 0 && high <= 100),
        "low and high must be percentiles, 0 to 100, got %s and %s",
        low,
        high);
    Arguments.require(
        deviation > 0 && Double.isFinite(mean), "deviation must be positive, got %s", deviation);
  }

  /**
   * A kind that needs no numbers.
   *
   * @param kind NONE or one that begins with Z_SCORE
   * @return the normalization
   */
  public static ChannelNormalization of(Kind kind) {
    return new ChannelNormalization(kind, 0, 0, 0, 1);
  }

  /**
   * Normalizes samples in place.
   *
   * @param samples finite values
   * @param head which of them lie within the head, for Z_SCORE_HEAD
   */
  public void apply(float[] samples, BitSet head) {
    switch (kind) {
      case NONE -> {}
      case Z_SCORE -> standardize(samples, i -> true);
      case Z_SCORE_NONZERO -> standardize(samples, i -> samples[i] != 0);
      case Z_SCORE_HEAD -> standardize(samples, head::get);
      case PERCENTILES, PERCENTILES_Z_SCORE -> fittedTo(samples).apply(samples, head);
      case CLIP -> scale(samples, low, high, mean, deviation);
      case CLIP_Z_SCORE -> {
        scale(samples, low, high, 0, 1);
        standardize(samples, i -> true);
        scale(samples, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, mean, deviation);
      }
    }
  }

  /**
   * The same with the percentiles of given samples as values, to be applied to others: a box out of
   * a volume is normalized as the whole was.
   *
   * @param samples finite values
   * @return the normalization; this one if it has no percentiles
   */
  public ChannelNormalization fittedTo(float[] samples) {
    if (kind != Kind.PERCENTILES && kind != Kind.PERCENTILES_Z_SCORE) {
      return this;
    }
    double[] ends = Percentiles.values(samples, low, high);
    double from = ends[0];
    double to = Math.max(ends[1], from + LEAST_DEVIATION * Math.max(1, Math.abs(from)));
    return kind == Kind.PERCENTILES
        ? new ChannelNormalization(Kind.CLIP, from, to, from, to - from)
        : new ChannelNormalization(Kind.CLIP_Z_SCORE, from, to, mean, deviation);
  }

  private static void scale(
      float[] samples, double from, double to, double subtract, double divide) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) ((Math.min(Math.max(samples[i], from), to) - subtract) / divide);
    }
  }

  private static void standardize(float[] samples, IntPredicate counts) {
    double sum = 0;
    long count = 0;
    for (int i = 0; i < samples.length; i++) {
      if (counts.test(i)) {
        sum += samples[i];
        count++;
      }
    }
    double average = sum / Math.max(1, count);
    double squares = 0;
    for (int i = 0; i < samples.length; i++) {
      if (counts.test(i)) {
        squares += (samples[i] - average) * (samples[i] - average);
      }
    }
    double spread = Math.max(LEAST_DEVIATION, Math.sqrt(squares / Math.max(1, count)));
    for (int i = 0; i < samples.length; i++) {
      if (counts.test(i)) {
        samples[i] = (float) ((samples[i] - average) / spread);
      }
    }
  }
}
