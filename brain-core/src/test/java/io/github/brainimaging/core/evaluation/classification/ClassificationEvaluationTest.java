package io.github.brainimaging.core.evaluation.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import io.github.brainimaging.core.evaluation.Bootstrap;
import io.github.brainimaging.core.evaluation.ConfidenceInterval;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassificationEvaluationTest {

  private static final Offset<Double> EXACT = within(1e-12);

  /** As written by reference.py beside the file; null is undefined. */
  private record Reference(List<Case> cases) {}

  private record Case(
      String name,
      List<String> labels,
      List<String> truth,
      List<List<Double>> scores,
      double accuracy,
      double balancedAccuracy,
      double macroPrecision,
      double macroF1,
      Double macroAuc,
      double microAuc,
      Double kappa,
      Double mcc,
      Double logLoss,
      Double brierScore,
      Double calibrationError,
      List<List<Integer>> confusion,
      List<OneClass> classes) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record OneClass(
      Double precision,
      Double recall,
      Double specificity,
      Double f1,
      Double auc,
      Double averagePrecision,
      Curves curves,
      int support) {}

  /** Null where a class is all or nothing. The first threshold, infinity, is left out. */
  private record Curves(
      List<Double> falsePositiveRate,
      List<Double> truePositiveRate,
      List<Double> thresholds,
      List<Double> precision,
      List<Double> recall) {}

  static List<Case> cases() throws IOException {
    try (Reader in =
        new InputStreamReader(
            ClassificationEvaluationTest.class.getResourceAsStream("scikit-learn.json"),
            StandardCharsets.UTF_8)) {
      return new Gson().fromJson(in, Reference.class).cases();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithScikitLearn(Case c) {
    ClassificationEvaluation evaluation =
        ClassificationEvaluation.of(c.truth(), scores(c.labels(), c.scores()));

    assertThat(evaluation.count()).isEqualTo(c.truth().size());
    assertThat(evaluation.accuracy()).isEqualTo(c.accuracy(), EXACT);
    assertThat(evaluation.balancedAccuracy()).isEqualTo(c.balancedAccuracy(), EXACT);
    assertThat(evaluation.macroF1()).isEqualTo(c.macroF1(), EXACT);
    assertThat(evaluation.macroPrecision()).isEqualTo(c.macroPrecision(), EXACT);
    assertFigure(evaluation.macroAuc(), c.macroAuc());
    assertThat(evaluation.microAuc()).isEqualTo(c.microAuc(), EXACT);
    assertFigure(evaluation.confusion().cohensKappa(), c.kappa());
    assertFigure(evaluation.confusion().matthewsCorrelation(), c.mcc());
    assertFigure(evaluation.probabilities().logLoss(), c.logLoss());
    assertFigure(evaluation.probabilities().brierScore(), c.brierScore());
    assertFigure(evaluation.probabilities().calibrationError(), c.calibrationError());
    assertThat(evaluation.confusion().toArray())
        .isDeepEqualTo(
            c.confusion().stream()
                .map(row -> row.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new));
    assertThat(evaluation.classes().keySet()).containsExactlyElementsOf(c.labels());
    List<ClassificationEvaluation.OneClass> classes = List.copyOf(evaluation.classes().values());
    for (int i = 0; i < classes.size(); i++) {
      ClassificationEvaluation.OneClass actual = classes.get(i);
      OneClass expected = c.classes().get(i);
      assertThat(actual.label()).isEqualTo(c.labels().get(i));
      assertFigure(actual.precision(), expected.precision());
      assertFigure(actual.recall(), expected.recall());
      assertFigure(actual.specificity(), expected.specificity());
      assertFigure(actual.f1(), expected.f1());
      assertFigure(actual.auc(), expected.auc());
      assertFigure(actual.averagePrecision(), expected.averagePrecision());
      assertThat(actual.support()).isEqualTo(expected.support());
      if (expected.curves() != null) {
        String label = c.labels().get(i);
        assertCurves(evaluation.positive(label), evaluation.scores(label), expected.curves());
      }
    }
  }

  private static void assertCurves(boolean[] positive, double[] scores, Curves expected) {
    List<RocCurve.OperatingPoint> roc = RocCurve.of(positive, scores).points();
    List<PrecisionRecallCurve.OperatingPoint> pr =
        PrecisionRecallCurve.of(positive, scores).points();
    assertThat(roc.get(0).threshold()).isInfinite();
    assertThat(roc.stream().skip(1).map(RocCurve.OperatingPoint::threshold))
        .containsExactlyElementsOf(expected.thresholds());
    assertThat(roc.stream().map(RocCurve.OperatingPoint::falsePositiveRate))
        .containsExactlyElementsOf(expected.falsePositiveRate());
    assertThat(roc.stream().map(RocCurve.OperatingPoint::truePositiveRate))
        .containsExactlyElementsOf(expected.truePositiveRate());
    assertThat(pr.stream().map(PrecisionRecallCurve.OperatingPoint::precision))
        .containsExactlyElementsOf(expected.precision());
    assertThat(pr.stream().map(PrecisionRecallCurve.OperatingPoint::recall))
        .containsExactlyElementsOf(expected.recall());
  }

  private static void assertFigure(double actual, Double expected) {
    if (expected == null) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isEqualTo(expected, EXACT);
    }
  }

  private static List<Map<String, Double>> scores(List<String> labels, List<List<Double>> scores) {
    List<Map<String, Double>> maps = new ArrayList<>();
    for (List<Double> ofCase : scores) {
      Map<String, Double> map = new LinkedHashMap<>();
      for (int i = 0; i < labels.size(); i++) {
        map.put(labels.get(i), ofCase.get(i));
      }
      maps.add(map);
    }
    return maps;
  }

  @Test
  void printsItselfAsTables() {
    ClassificationEvaluation evaluation =
        ClassificationEvaluation.of(
            List.of("glioma", "notumor", "glioma"),
            scores(
                List.of("glioma", "notumor", "pituitary"),
                List.of(List.of(0.7, 0.2, 0.1), List.of(0.1, 0.8, 0.1), List.of(0.3, 0.6, 0.1))));

    assertThat(evaluation.toString().replace(System.lineSeparator(), "\n"))
        .isEqualTo(
            """
            3 cases: accuracy 0.6667 (95 % interval 0.1767 to 0.9613), macro AUC 1.0000 (95 % interval - to -)
            balanced accuracy 0.7500, macro precision 0.7500, macro F1 0.6667, micro AUC 0.9444, average precision 1.0000
            kappa 0.4000, MCC 0.5000, log loss 0.5946, Brier score 0.3533, calibration error 0.3667
            class-wise calibration error 0.2667, adaptive 0.3667, area under risk-coverage curve 0.1111

            class      precision  recall  specificity      F1     AUC      AP  support
            glioma        1.0000  0.5000       1.0000  0.6667  1.0000  1.0000        2
            notumor       0.5000  1.0000       0.5000  0.6667  1.0000  1.0000        1
            pituitary          -       -       1.0000       -       -       -        0

            truth \\ predicted     glioma    notumor  pituitary
            glioma                     1          1          0
            notumor                    0          1          0
            pituitary                  0          0          0""");
  }

  @Test
  void tellsTruthAndPredictionOfEveryCase() {
    ClassificationEvaluation evaluation =
        ClassificationEvaluation.of(
            List.of("a", "b"),
            scores(List.of("a", "b"), List.of(List.of(0.7, 0.3), List.of(0.6, 0.4))));

    assertThat(evaluation.truth()).containsExactly("a", "b");
    assertThat(evaluation.predicted()).containsExactly("a", "a");
    assertThat(evaluation.correct()).containsExactly(true, false);
    assertThat(evaluation.positive("b")).containsExactly(false, true);
    assertThat(evaluation.scores("b")).containsExactly(0.3, 0.4);
    assertThatThrownBy(() -> evaluation.scores("c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label must be one of [a, b], got c");
    assertThatThrownBy(() -> evaluation.positive("c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label must be one of [a, b], got c");
  }

  @Test
  void judgesNoScoresThatAreNoProbabilities() {
    for (List<Double> scores : List.of(List.of(0.9, 0.3), List.of(1.5, -0.5))) {
      ProbabilityEvaluation probabilities =
          ClassificationEvaluation.of(List.of("a"), scores(List.of("a", "b"), List.of(scores)))
              .probabilities();
      assertThat(probabilities.logLoss()).isNaN();
      assertThat(probabilities.brierScore()).isNaN();
      assertThat(probabilities.calibrationError()).isNaN();
      assertThat(probabilities.classwiseError()).isNaN();
      assertThat(probabilities.adaptiveError()).isNaN();
      assertThat(probabilities.bins()).isEmpty();
    }
  }

  @Test
  void binsOfEqualCountsPartWhatOneBinOfEqualWidthHides() {
    // Eight wrong at 0.95 and eight right at 0.96: one bin of width 1/15 has 0.955 and a half
    // right.
    List<List<Double>> rows = new ArrayList<>();
    List<String> truth = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      double p = i < 8 ? 0.95 : 0.96;
      rows.add(List.of(p, 1 - p));
      truth.add(i < 8 ? "b" : "a");
    }
    ProbabilityEvaluation probabilities =
        ClassificationEvaluation.of(truth, scores(List.of("a", "b"), rows)).probabilities();

    assertThat(probabilities.bins())
        .singleElement()
        .satisfies(
            bin -> {
              assertThat(bin.confidence()).isEqualTo(0.955, within(1e-12));
              assertThat(bin.accuracy()).isEqualTo(0.5);
              assertThat(bin.count()).isEqualTo(16);
            });
    assertThat(probabilities.calibrationError()).isEqualTo(0.455, within(1e-12));
    assertThat(probabilities.adaptiveError()).isEqualTo((0.95 + 0.04) / 2, within(1e-12));
    assertThat(probabilities.classwiseError()).isEqualTo(0.455, within(1e-12));
  }

  @Test
  void aConfidentMistakeHasAFiniteLogLoss() {
    ProbabilityEvaluation probabilities =
        ClassificationEvaluation.of(
                List.of("b"), scores(List.of("a", "b"), List.of(List.of(1.0, 0.0))))
            .probabilities();

    assertThat(probabilities.logLoss()).isEqualTo(52 * Math.log(2), within(1e-9));
    assertThat(probabilities.brierScore()).isEqualTo(2);
    assertThat(probabilities.calibrationError()).isEqualTo(1);
  }

  /** 2,000 draws and DeLong's formula are two ways to the same interval. */
  @Test
  void theIntervalOfTheMacroAucIsThatOfTheBootstrap() {
    Random random = new Random(7);
    List<String> labels = List.of("a", "b", "c");
    List<String> truth = new ArrayList<>();
    List<Map<String, Double>> scores = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      Map<String, Double> map = new LinkedHashMap<>();
      for (int c = 0; c < 3; c++) {
        map.put(labels.get(c), random.nextGaussian() + (i % 3 == c ? 1.2 : 0));
      }
      truth.add(labels.get(i % 3));
      scores.add(map);
    }

    ConfidenceInterval delong = ClassificationEvaluation.of(truth, scores).macroAucInterval(0.95);

    ConfidenceInterval bootstrap =
        Bootstrap.withDefaults()
            .stratified(
                IntStream.range(0, truth.size()).boxed().toList(),
                truth::get,
                drawn -> macroAuc(drawn, labels, truth, scores));
    assertThat(delong.estimate()).isEqualTo(bootstrap.estimate(), within(1e-12));
    assertThat(delong.low()).isEqualTo(bootstrap.low(), within(0.006));
    assertThat(delong.high()).isEqualTo(bootstrap.high(), within(0.006));
  }

  private static double macroAuc(
      List<Integer> drawn,
      List<String> labels,
      List<String> truth,
      List<Map<String, Double>> scores) {
    double sum = 0;
    for (String label : labels) {
      boolean[] positive = new boolean[drawn.size()];
      double[] ofLabel = new double[drawn.size()];
      for (int i = 0; i < positive.length; i++) {
        positive[i] = truth.get(drawn.get(i)).equals(label);
        ofLabel[i] = Objects.requireNonNull(scores.get(drawn.get(i)).get(label));
      }
      sum += RocCurve.area(positive, ofLabel);
    }
    return sum / labels.size();
  }

  @Test
  void curvesNeedBothKindsOfCases() {
    assertThatThrownBy(() -> RocCurve.of(new boolean[] {true}, new double[] {0.5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("positive must hold positive and negative cases, got 1 and 0");
    assertThatThrownBy(() -> RocCurve.of(new boolean[] {false}, new double[] {0.5}))
        .hasMessage("positive must hold positive and negative cases, got 0 and 1");
    assertThatThrownBy(() -> RocCurve.of(new boolean[2], new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scores must hold one value per case = 2, got 1");
    assertThatThrownBy(() -> PrecisionRecallCurve.of(new boolean[] {false}, new double[] {0.5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("positive must hold at least one positive case, got none");
  }

  @Test
  void rejectsWhatDoesNotFitTogether() {
    Map<String, Double> scores = Map.of("a", 0.5, "b", 0.5);

    assertThatThrownBy(() -> ClassificationEvaluation.of(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("truth must hold at least one case, got none");
    assertThatThrownBy(() -> ClassificationEvaluation.of(List.of("a", "b"), List.of(scores)))
        .hasMessage("scores must hold one map per case = 2, got 1");
    assertThatThrownBy(() -> ClassificationEvaluation.of(List.of("c"), List.of(scores)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got c");
    assertThatThrownBy(() -> ClassificationEvaluation.of(List.of("a"), List.of(Map.of())))
        .hasMessage("scores must have at least one label, got none");
    assertThatThrownBy(
            () ->
                ClassificationEvaluation.of(
                    List.of("a", "a"), List.of(scores, Map.of("a", 0.5, "c", 0.5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in every case");
    assertThatThrownBy(
            () ->
                ClassificationEvaluation.of(
                    List.of("a"), List.of(Map.of("a", Double.NaN, "b", 0.5))))
        .hasMessage("score must be finite, got NaN");
  }

  @Test
  void aBinOfTheCalibrationEndsWithItsUpperEdge() {
    // 0.6 is the edge of the ninth and tenth of 15 bins. It is of one bin with 0.58: what one says
    // too low and the other too high evens out.
    ProbabilityEvaluation probabilities =
        ClassificationEvaluation.of(
                List.of("a", "b"),
                scores(List.of("a", "b"), List.of(List.of(0.6, 0.4), List.of(0.58, 0.42))))
            .probabilities();

    assertThat(probabilities.calibrationError()).isEqualTo((0.58 - 0.4) / 2, within(1e-12));
  }

  @Test
  void ofEqualScoresTheFirstClassIsTheOneThatIsSaid() {
    ClassificationEvaluation evaluation =
        ClassificationEvaluation.of(
            List.of("a"), scores(List.of("a", "b", "c"), List.of(List.of(0.4, 0.4, 0.2))));

    assertThat(evaluation.predicted()).containsExactly("a");
    assertThat(evaluation.probabilities().calibrationError()).isEqualTo(0.6, within(1e-12));
  }
}
