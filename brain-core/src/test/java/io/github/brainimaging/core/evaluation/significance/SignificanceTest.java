package io.github.brainimaging.core.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import io.github.brainimaging.core.evaluation.Bootstrap;
import io.github.brainimaging.core.evaluation.ConfidenceInterval;
import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.core.evaluation.classification.RocCurve;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignificanceTest {

  private static final Offset<Double> EXACT = within(1e-9);

  /** As written by reference.py beside the file. */
  private record Reference(
      List<DeLongCase> delong,
      List<McNemarCase> mcnemar,
      List<WilcoxonCase> wilcoxon,
      List<JeffreysCase> jeffreys,
      Holm holm) {}

  @SuppressWarnings("ArrayRecordComponent") // only read
  private record DeLongCase(
      boolean[] positive,
      double[] first,
      double[] second,
      double firstAuc,
      double secondAuc,
      double low,
      double high,
      double standardError,
      double pValue) {}

  private record McNemarCase(
      int onlyFirst, int onlySecond, int cases, double exact, double statistic, double corrected) {}

  @SuppressWarnings("ArrayRecordComponent") // only read
  private record WilcoxonCase(
      double[] first, double[] second, boolean exact, double statistic, double pValue) {}

  private record JeffreysCase(int successes, int cases, double level, double low, double high) {}

  @SuppressWarnings("ArrayRecordComponent") // only read
  private record Holm(double[] pValues, double[] adjusted) {}

  private static Reference reference() throws IOException {
    try (Reader in =
        new InputStreamReader(
            SignificanceTest.class.getResourceAsStream("reference.json"), StandardCharsets.UTF_8)) {
      return new Gson().fromJson(in, Reference.class);
    }
  }

  @Test
  void deLongAgreesWithItsDefinition() throws IOException {
    assertThat(reference().delong()).hasSize(3);
    for (DeLongCase c : reference().delong()) {
      DeLongTest test = DeLongTest.of(c.positive(), c.first(), c.second());
      assertThat(test.firstAuc()).isEqualTo(c.firstAuc(), EXACT);
      assertThat(test.secondAuc()).isEqualTo(c.secondAuc(), EXACT);
      assertThat(test.standardError()).isEqualTo(c.standardError(), EXACT);
      assertThat(test.pValue()).isEqualTo(c.pValue(), EXACT);

      // The interval that just reaches no difference is that of the p value.
      ConfidenceInterval difference = test.difference(1 - c.pValue());
      assertThat(difference.estimate()).isEqualTo(c.firstAuc() - c.secondAuc(), EXACT);
      assertThat(Math.min(Math.abs(difference.low()), Math.abs(difference.high())))
          .isLessThan(1e-9);
      assertThat(difference.high() - difference.estimate())
          .isEqualTo(difference.estimate() - difference.low(), EXACT);

      ConfidenceInterval auc = RocCurve.areaInterval(c.positive(), c.first(), 0.95);
      assertThat(auc.estimate()).isEqualTo(c.firstAuc(), EXACT);
      assertThat(auc.low()).isEqualTo(c.low(), EXACT);
      assertThat(auc.high()).isEqualTo(c.high(), EXACT);
    }
  }

  @Test
  void deLongOfEqualScoresFindsNoDifference() {
    boolean[] positive = {true, false, true, false};
    double[] scores = {4, 3, 2, 1};

    DeLongTest test = DeLongTest.of(positive, scores, scores);

    assertThat(test.pValue()).isEqualTo(1);
    assertThat(test.difference(0.95))
        .isEqualTo(new ConfidenceInterval(0, Double.NaN, Double.NaN, 0.95));
  }

  /** Of two classes with scores that sum to 1, both areas are the same. */
  @Test
  void deLongOfTheMacroAreaOfTwoClassesIsThatOfOneClass() throws IOException {
    DeLongCase c = reference().delong().get(0);

    DeLongTest macro =
        DeLongTest.ofMacro(
            evaluation(c.positive(), c.first()), evaluation(c.positive(), c.second()));

    assertThat(macro.firstAuc()).isEqualTo(c.firstAuc(), EXACT);
    assertThat(macro.standardError()).isEqualTo(c.standardError(), EXACT);
    assertThatThrownBy(
            () ->
                DeLongTest.ofMacro(
                    evaluation(c.positive(), c.first()),
                    evaluation(new boolean[] {true}, new double[] {1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("second must have the truth of first");
  }

  private static ClassificationEvaluation evaluation(boolean[] positive, double[] scores) {
    List<String> truth = new ArrayList<>();
    List<Map<String, Double>> maps = new ArrayList<>();
    for (int i = 0; i < positive.length; i++) {
      truth.add(positive[i] ? "yes" : "no");
      maps.add(Map.of("yes", scores[i], "no", -scores[i]));
    }
    return ClassificationEvaluation.of(truth, maps);
  }

  @Test
  void mcNemarAgreesWithStatsmodels() throws IOException {
    assertThat(reference().mcnemar()).hasSize(5);
    for (McNemarCase c : reference().mcnemar()) {
      McNemarTest test = new McNemarTest(c.onlyFirst(), c.onlySecond(), c.cases());
      assertThat(test.exactPValue()).isEqualTo(c.exact(), EXACT);
      assertThat(test.chiSquare()).isEqualTo(c.statistic(), EXACT);
      assertThat(test.chiSquarePValue()).isEqualTo(c.corrected(), EXACT);
    }
  }

  @Test
  void mcNemarCountsWhereOneModelIsRight() {
    McNemarTest test =
        McNemarTest.of(
            new boolean[] {true, true, false, false, true},
            new boolean[] {true, false, true, false, false});

    assertThat(test).isEqualTo(new McNemarTest(2, 1, 5));
    ConfidenceInterval difference = test.difference(0.95);
    assertThat(difference.estimate()).isEqualTo(0.2, EXACT);
    // Worked by hand: 1/7 +- 1.959964 * sqrt((4/7 - 1/49) / 7)
    assertThat(difference.high()).isEqualTo(0.692756, within(1e-6));
    assertThat(difference.low()).isEqualTo(-0.407042, within(1e-6));
  }

  @Test
  void aFewCasesThatAllSpeakForOneModelLeaveTheDifferenceOpen() {
    ConfidenceInterval all = new McNemarTest(3, 0, 3).difference(0.95);
    assertThat(all.estimate()).isEqualTo(1);
    assertThat(all.low()).isBetween(0.0, 0.1);
    assertThat(all.high()).isEqualTo(1);

    ConfidenceInterval none = new McNemarTest(0, 0, 10).difference(0.95);
    assertThat(none.estimate()).isZero();
    assertThat(none.low()).isBetween(-0.2, -0.1);
    assertThat(none.high()).isEqualTo(-none.low(), EXACT);
  }

  /** Four cases tell nothing of the error of a perfect separation. */
  @Test
  void deLongOfCasesThatDoNotVaryHasNoInterval() {
    boolean[] positive = {true, true, false, false};
    double[] perfect = {.9, .8, .2, .1};

    ConfidenceInterval area = RocCurve.areaInterval(positive, perfect, 0.95);
    assertThat(area.estimate()).isEqualTo(1);
    assertThat(area.low()).isNaN();
    assertThat(area.high()).isNaN();
    assertThat(area).hasToString("1.0000 (interval unknown)");
    for (double[] other : new double[][] {{.5, .5, .5, .5}, {.1, .2, .8, .9}}) {
      DeLongTest test = DeLongTest.of(positive, perfect, other);
      assertThat(test.pValue()).isNaN();
      assertThat(test.difference(0.95).low()).isNaN();
    }
    ConfidenceInterval macro =
        evaluation(new boolean[] {true, true, false}, new double[] {.8, .7, .1})
            .macroAucInterval(0.95);
    assertThat(macro.estimate()).isEqualTo(1);
    assertThat(macro.low()).isNaN();
  }

  @Test
  void modelsThatAreRightOnTheSameCasesDoNotDiffer() {
    McNemarTest test = new McNemarTest(0, 0, 9);

    assertThat(test.exactPValue()).isEqualTo(1);
    assertThat(test.chiSquarePValue()).isEqualTo(1);
    assertThatThrownBy(() -> new McNemarTest(3, 3, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cases must be at least 1 and at least onlyFirst + onlySecond, got 5");
  }

  @Test
  void wilcoxonAgreesWithScipy() throws IOException {
    assertThat(reference().wilcoxon()).hasSize(5);
    for (WilcoxonCase c : reference().wilcoxon()) {
      WilcoxonSignedRankTest test = WilcoxonSignedRankTest.of(c.first(), c.second());
      assertThat(test.exact()).isEqualTo(c.exact());
      assertThat(Math.min(test.positiveRanks(), test.negativeRanks()))
          .isEqualTo(c.statistic(), EXACT);
      assertThat(test.pValue()).isEqualTo(c.pValue(), EXACT);
    }
  }

  /** All signs counted by hand: no p value of n differences is below 2 of 2 to the n. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 50})
  void wilcoxonOfEqualStepsIsWhatTheSignsAllow(int n) {
    double[] first = new double[n];
    double[] second = new double[n];
    Arrays.fill(first, 0.75);
    Arrays.fill(second, 0.5);

    WilcoxonSignedRankTest test = WilcoxonSignedRankTest.of(first, second);

    assertThat(test.pValue()).isEqualTo(Math.pow(2, 1 - n), within(1e-15));
    assertThat(test.exact()).isTrue();
  }

  /** SciPy 1.17.1 gives the same. */
  @Test
  void wilcoxonIsExactWithTiesAndZeros() {
    assertThat(
            WilcoxonSignedRankTest.of(
                    new double[] {.81, .82, .83, .84, .85, .5},
                    new double[] {.80, .79, .77, .75, .70, .5})
                .pValue())
        .isEqualTo(0.0625, EXACT);
    assertThat(
            WilcoxonSignedRankTest.of(
                    new double[] {5, 7, 9, 6, 8, 10, 4}, new double[] {4, 6, 7, 3, 4, 5, 10})
                .pValue())
        .isEqualTo(0.28125, EXACT);
  }

  @Test
  void wilcoxonTakesDifferencesThatOnlyRoundApartForOneSize() {
    // 0.1 four times, once against the first method, and 0.1 + 0.2 - 0.3, which is no difference.
    WilcoxonSignedRankTest test =
        WilcoxonSignedRankTest.of(
            new double[] {0.9, 0.8, 0.7, 0.1, 0.1 + 0.2}, new double[] {0.8, 0.7, 0.6, 0.2, 0.3});

    assertThat(test.pairs()).isEqualTo(4);
    assertThat(test.positiveRanks()).isEqualTo(7.5);
    assertThat(test.pValue()).isEqualTo(0.625, EXACT);
  }

  @Test
  void theRankBiserialTellsWhoIsBetter() {
    double[] better = {0.9, 0.8, 0.7};
    double[] worse = {0.8, 0.6, 0.4};

    assertThat(WilcoxonSignedRankTest.of(better, worse).rankBiserial()).isEqualTo(1);
    assertThat(WilcoxonSignedRankTest.of(worse, better).rankBiserial()).isEqualTo(-1);
    WilcoxonSignedRankTest same = WilcoxonSignedRankTest.of(worse, worse);
    assertThat(same.rankBiserial()).isZero();
    assertThat(same.pValue()).isEqualTo(1);
  }

  @Test
  void jeffreysAgreesWithScipy() throws IOException {
    assertThat(reference().jeffreys()).hasSize(4);
    for (JeffreysCase c : reference().jeffreys()) {
      ConfidenceInterval interval =
          ConfidenceInterval.jeffreys(c.successes(), c.cases(), c.level());
      assertThat(interval.estimate()).isEqualTo((double) c.successes() / c.cases());
      assertThat(interval.low()).isEqualTo(c.low(), EXACT);
      assertThat(interval.high()).isEqualTo(c.high(), EXACT);
    }
  }

  @Test
  void holmAgreesWithStatsmodels() throws IOException {
    Holm holm = reference().holm();
    assertThat(ModelComparison.holm(holm.pValues())).containsExactly(holm.adjusted(), EXACT);
    assertThat(ModelComparison.holm()).isEmpty();
    assertThatThrownBy(() -> ModelComparison.holm(0.5, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("p value must be between 0 and 1, got NaN");
  }

  @Test
  void mcNemarLeavesOutWhereBothAreRightOrBothWrong() {
    assertThat(
            McNemarTest.of(
                new boolean[] {true, true, true, false, false, false},
                new boolean[] {true, true, false, true, false, false}))
        .isEqualTo(new McNemarTest(1, 1, 6));
  }

  @Test
  void wilcoxonIsExactUpToFiftyPairs() {
    for (int n : new int[] {50, 51}) {
      double[] first =
          IntStream.range(0, n).mapToDouble(i -> i % 2 == 0 ? i + 1 : -i - 1).toArray();

      assertThat(WilcoxonSignedRankTest.of(first, new double[n]).exact()).isEqualTo(n == 50);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 1.5, Double.NaN})
  void noIntervalHasALevelOutOfItsRange(double level) {
    boolean[] positive = {true, false, true, false};
    double[] scores = {4, 3, 2, 1};
    List<ThrowingCallable> intervals =
        List.of(
            () -> ConfidenceInterval.jeffreys(1, 2, level),
            () -> RocCurve.areaInterval(positive, scores, level),
            () -> new McNemarTest(2, 1, 5).difference(level),
            () -> DeLongTest.of(positive, scores, scores).difference(level),
            () -> Bootstrap.withDefaults().withLevel(level));

    assertThat(intervals)
        .allSatisfy(
            interval ->
                assertThatThrownBy(interval)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("level must be between 0 and 1, got " + level));
  }

  @Test
  void countsAndCasesMustFitTogether() {
    assertThatThrownBy(() -> ConfidenceInterval.jeffreys(3, 2, 0.95))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("successes must be between 0 and cases = 2, got 3");
    assertThatThrownBy(() -> ConfidenceInterval.jeffreys(-1, 2, 0.95))
        .hasMessage("successes must be between 0 and cases = 2, got -1");
    assertThatThrownBy(() -> ConfidenceInterval.jeffreys(0, 0, 0.95))
        .hasMessage("cases must be positive, got 0");
    assertThatThrownBy(() -> new McNemarTest(-1, 3, 5))
        .hasMessage("counts must not be negative, got -1, 3");
    assertThatThrownBy(() -> new McNemarTest(3, -1, 5))
        .hasMessage("counts must not be negative, got 3, -1");
    assertThatThrownBy(() -> McNemarTest.of(new boolean[2], new boolean[3]))
        .hasMessage("secondRight must hold one value per case = 2, got 3");
    assertThatThrownBy(() -> WilcoxonSignedRankTest.of(new double[2], new double[3]))
        .hasMessage("second must hold one value per case, at least one: got 2 and 3");
    assertThatThrownBy(() -> WilcoxonSignedRankTest.of(new double[0], new double[0]))
        .hasMessage("second must hold one value per case, at least one: got 0 and 0");
  }
}
