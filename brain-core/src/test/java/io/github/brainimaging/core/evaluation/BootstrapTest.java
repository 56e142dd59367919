package io.github.brainimaging.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.brainimaging.core.testing.Interrupted;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {

  private static final Bootstrap BOOTSTRAP = Bootstrap.withDefaults();

  private static double mean(List<Double> some) {
    return some.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private static List<Double> normal(int n, long seed) {
    Random random = new Random(seed);
    return DoubleStream.generate(random::nextGaussian).limit(n).boxed().toList();
  }

  @Test
  void theIntervalOfAMeanIsThatOfItsStandardError() {
    List<Double> values = normal(400, 3);
    double mean = mean(values);
    double variance = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / 400;
    double reach = 1.96 * Math.sqrt(variance / 400);

    ConfidenceInterval interval =
        BOOTSTRAP.withResamples(10_000).interval(values, BootstrapTest::mean);

    assertThat(interval.estimate()).isEqualTo(mean);
    assertThat(interval.low()).isEqualTo(mean - reach, within(0.005));
    assertThat(interval.high()).isEqualTo(mean + reach, within(0.005));
    assertThat(interval.level()).isEqualTo(0.95);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.674", "0.9, 1.645", "0.99, 2.576"})
  void theIntervalIsAsWideAsItsLevelAsks(double level, double standardErrors) {
    List<Double> values = normal(100, 3);
    double mean = mean(values);
    double variance = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / 100;

    ConfidenceInterval interval =
        BOOTSTRAP.withResamples(10_000).withLevel(level).interval(values, BootstrapTest::mean);

    assertThat(interval.level()).isEqualTo(level);
    assertThat((interval.high() - interval.low()) / 2)
        .isCloseTo(standardErrors * Math.sqrt(variance / 100), withinPercentage(5));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 250})
  void asksTheMeasureOnceForEachDrawAndOnceForAllCases(int resamples) {
    AtomicInteger asked = new AtomicInteger();

    ConfidenceInterval interval =
        BOOTSTRAP
            .withResamples(resamples)
            .interval(List.of(1, 2, 3), drawn -> asked.incrementAndGet());

    assertThat(interval.estimate()).isBetween(1.0, resamples + 1.0);
    assertThat(asked).hasValue(resamples + 1);
  }

  @Test
  void holdsTheTruthAsOftenAsItSays() {
    int held = 0;
    for (int seed = 0; seed < 1000; seed++) {
      ConfidenceInterval interval =
          BOOTSTRAP
              .withResamples(300)
              .withLevel(0.9)
              .interval(normal(50, seed), BootstrapTest::mean);
      held += interval.low() <= 0 && interval.high() >= 0 ? 1 : 0;
    }
    // 0.95 would hold it about 940 times.
    assertThat(held).isBetween(865, 920);
  }

  @Test
  void equalSeedsGiveEqualIntervals() {
    List<Double> values = normal(30, 1);

    assertThat(BOOTSTRAP.interval(values, BootstrapTest::mean))
        .isEqualTo(BOOTSTRAP.interval(values, BootstrapTest::mean));
    assertThat(BOOTSTRAP.withSeed(2).interval(values, BootstrapTest::mean))
        .isNotEqualTo(BOOTSTRAP.interval(values, BootstrapTest::mean));
  }

  @Test
  void strataKeepTheirSizes() {
    List<Integer> cases = IntStream.range(0, 20).boxed().toList();

    ConfidenceInterval unused =
        BOOTSTRAP.stratified(
            cases,
            i -> i < 5,
            drawn -> {
              assertThat(drawn).hasSize(20);
              assertThat(drawn.stream().filter(i -> i < 5)).hasSize(5);
              return 0;
            });
  }

  @Test
  void groupsAreDrawnWhole() {
    // Ten patients with ten equal slices each: what varies is the patients, not the slices.
    List<Double> patients = normal(10, 5);
    List<Integer> slices = IntStream.range(0, 100).boxed().toList();
    ToDoubleFunction<List<Integer>> mean =
        some -> some.stream().mapToDouble(i -> patients.get(i / 10)).average().orElse(Double.NaN);

    ConfidenceInterval byPatient = BOOTSTRAP.grouped(slices, i -> i / 10, mean);
    ConfidenceInterval bySlice = BOOTSTRAP.interval(slices, mean);

    double ratio = (byPatient.high() - byPatient.low()) / (bySlice.high() - bySlice.low());
    assertThat(ratio).isEqualTo(Math.sqrt(10), within(0.3));
  }

  @Test
  void leavesOutDrawsWithoutAValue() {
    // Two of three draws hold the only positive case of three.
    ConfidenceInterval some =
        BOOTSTRAP.interval(
            List.of(0, 1, 2), drawn -> drawn.contains(0) ? Double.NaN : drawn.contains(1) ? 6 : 7);
    ConfidenceInterval none = BOOTSTRAP.interval(List.of(0), drawn -> Double.NaN);

    assertThat(some).isEqualTo(new ConfidenceInterval(Double.NaN, 6, 7, 0.95));
    assertThat(none.low()).isNaN();
    assertThat(none.high()).isNaN();
  }

  @Test
  void drawsThatAllAgreeTellNoInterval() {
    List<ConfidenceInterval> unknown =
        List.of(
            BOOTSTRAP.interval(List.of(0.7), BootstrapTest::mean),
            BOOTSTRAP.interval(List.of(1.0, 1.0, 1.0), BootstrapTest::mean),
            BOOTSTRAP.grouped(List.of(0.7, 0.2, 0.9), v -> "one patient", BootstrapTest::mean));

    assertThat(unknown)
        .allSatisfy(
            interval -> {
              assertThat(interval.estimate()).isPositive();
              assertThat(interval.low()).isNaN();
              assertThat(interval.high()).isNaN();
            });
  }

  @Test
  void anInterruptEndsIt() {
    Interrupted.assertEnds(
        () -> BOOTSTRAP.interval(List.of(1.0), BootstrapTest::mean),
        "interrupted at resample 0 of 2000");
  }

  @Test
  void rejectsWhatIsOutOfRange() {
    assertThatThrownBy(() -> BOOTSTRAP.withResamples(99))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count must be at least 100, got 99");
    assertThatThrownBy(() -> BOOTSTRAP.withLevel(Double.NaN))
        .hasMessage("level must be between 0 and 1, got NaN");
    assertThatThrownBy(() -> BOOTSTRAP.interval(List.<Double>of(), BootstrapTest::mean))
        .hasMessage("cases must be at least one, got none");
    assertThatThrownBy(() -> new ConfidenceInterval(0, 0, 0, 1))
        .hasMessage("level must be between 0 and 1, got 1.0");
  }

  @Test
  void printsItsOptionsAndItsIntervals() {
    assertThat(BOOTSTRAP.withResamples(300).withLevel(0.9).withSeed(4).toString())
        .contains("300", "0.9", "4");
    assertThat(new ConfidenceInterval(0.981, 0.9657, 0.99051, 0.95))
        .hasToString("0.9810 (95 % interval 0.9657 to 0.9905)");
    assertThat(new ConfidenceInterval(0.981, 0.9657, 0.99051, 0.995))
        .hasToString("0.9810 (99.5 % interval 0.9657 to 0.9905)");
  }
}
