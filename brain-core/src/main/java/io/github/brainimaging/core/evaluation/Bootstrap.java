package io.github.brainimaging.core.evaluation;

import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.Interrupts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The percentile bootstrap (Efron and Tibshirani, 1993, chapter 13): an interval for any measure.
 * As many cases as there are, are drawn with replacement, again and again; the interval holds the
 * middle of the values that the measure then has.
 *
 * <pre>{@code
 * ConfidenceInterval f1 =
 *     Bootstrap.withDefaults().grouped(slices, Slice::patient, some -> macroF1(some));
 * }</pre>
 *
 * <p>Draws that leave the measure undefined (NaN, such as a recall without a positive case) are
 * left out; {@link #stratified} avoids them. Where all draws give one value, as of a single case or
 * patient or where all cases are right, nothing tells how another sample would vary, and the ends
 * are NaN; of a share, {@link ConfidenceInterval#jeffreys} stays open. The ends are percentiles
 * with linear interpolation, as in NumPy. Equal seeds give equal intervals. An interruption of the
 * thread ends it by a {@link CancellationException}.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Bootstrap {

  private static final Bootstrap DEFAULTS = new Bootstrap(2000, 1, 0.95);

  private final int resamples;
  private final long seed;
  private final double level;

  private Bootstrap(int resamples, long seed, double level) {
    this.resamples = resamples;
    this.seed = seed;
    this.level = level;
  }

  /**
   * 2,000 draws, seed 1, a level of 0.95.
   *
   * @return the bootstrap
   */
  public static Bootstrap withDefaults() {
    return DEFAULTS;
  }

  /**
   * The same with another number of draws.
   *
   * @param count at least 100; some thousand for an interval that is published
   * @return a new bootstrap
   * @throws IllegalArgumentException if there are fewer
   */
  public Bootstrap withResamples(int count) {
    Arguments.require(count >= 100, "count must be at least 100, got %s", count);
    return new Bootstrap(count, seed, level);
  }

  /**
   * The same with another seed.
   *
   * @param newSeed any number
   * @return a new bootstrap
   */
  public Bootstrap withSeed(long newSeed) {
    return new Bootstrap(resamples, newSeed, level);
  }

  /**
   * The same with another confidence.
   *
   * @param newLevel between 0 and 1, both excluded
   * @return a new bootstrap
   * @throws IllegalArgumentException if it is not
   */
  public Bootstrap withLevel(double newLevel) {
    Arguments.require(
        newLevel > 0 && newLevel < 1, "level must be between 0 and 1, got %s", newLevel);
    return new Bootstrap(resamples, seed, newLevel);
  }

  /**
   * The interval where every case is independent of the others.
   *
   * @param <T> what a case is
   * @param cases at least one
   * @param measure the measure of some cases; NaN if undefined
   * @return the measure of all cases and its interval
   * @throws IllegalArgumentException if there is no case
   * @throws CancellationException if the thread is interrupted
   */
  public <T> ConfidenceInterval interval(List<T> cases, ToDoubleFunction<List<T>> measure) {
    return stratified(cases, any -> true, measure);
  }

  /**
   * The interval where the number of cases of each stratum is fixed, such as that of each class.
   *
   * @param <T> what a case is
   * @param cases at least one
   * @param stratum the stratum of a case, compared by {@code equals}
   * @param measure the measure of some cases; NaN if undefined
   * @return the measure of all cases and its interval
   * @throws IllegalArgumentException if there is no case
   * @throws CancellationException if the thread is interrupted
   */
  public <T> ConfidenceInterval stratified(
      List<T> cases, Function<? super T, ?> stratum, ToDoubleFunction<List<T>> measure) {
    Collection<List<T>> strata = split(cases, stratum);
    SplittableRandom random = new SplittableRandom(seed);
    return interval(
        cases,
        measure,
        () -> {
          List<T> drawn = new ArrayList<>(cases.size());
          for (List<T> some : strata) {
            for (int i = 0; i < some.size(); i++) {
              drawn.add(some.get(random.nextInt(some.size())));
            }
          }
          return drawn;
        });
  }

  /**
   * The interval where cases come in groups that are alike, such as the slices of one patient:
   * whole groups are drawn, as many as there are.
   *
   * @param <T> what a case is
   * @param cases at least one
   * @param group the group of a case, compared by {@code equals}
   * @param measure the measure of some cases; NaN if undefined
   * @return the measure of all cases and its interval
   * @throws IllegalArgumentException if there is no case
   * @throws CancellationException if the thread is interrupted
   */
  public <T> ConfidenceInterval grouped(
      List<T> cases, Function<? super T, ?> group, ToDoubleFunction<List<T>> measure) {
    List<List<T>> groups = List.copyOf(split(cases, group));
    SplittableRandom random = new SplittableRandom(seed);
    return interval(
        cases,
        measure,
        () -> {
          List<T> drawn = new ArrayList<>(cases.size());
          for (int i = 0; i < groups.size(); i++) {
            drawn.addAll(groups.get(random.nextInt(groups.size())));
          }
          return drawn;
        });
  }

  private static <T> Collection<List<T>> split(List<T> cases, Function<? super T, ?> key) {
    Arguments.require(!cases.isEmpty(), "cases must be at least one, got none");
    Map<Object, List<T>> parts = new LinkedHashMap<>();
    for (T one : cases) {
      parts.computeIfAbsent(key.apply(one), k -> new ArrayList<>()).add(one);
    }
    return parts.values();
  }

  private <T> ConfidenceInterval interval(
      List<T> cases, ToDoubleFunction<List<T>> measure, Supplier<List<T>> draw) {
    double[] values = new double[resamples];
    int n = 0;
    for (int i = 0; i < resamples; i++) {
      Interrupts.heed("resample %s of %s", i, resamples);
      double value = measure.applyAsDouble(draw.get());
      if (!Double.isNaN(value)) {
        values[n++] = value;
      }
    }
    values = Arrays.copyOf(values, n);
    Arrays.sort(values);
    boolean varied = n > 0 && values[0] < values[n - 1];
    double tail = 100 * (1 - level) / 2;
    return new ConfidenceInterval(
        measure.applyAsDouble(cases),
        varied ? Percentiles.inSorted(values, tail) : Double.NaN,
        varied ? Percentiles.inSorted(values, 100 - tail) : Double.NaN,
        level);
  }

  @Override
  public String toString() {
    return "Bootstrap[resamples=" + resamples + ", seed=" + seed + ", level=" + level + "]";
  }
}
