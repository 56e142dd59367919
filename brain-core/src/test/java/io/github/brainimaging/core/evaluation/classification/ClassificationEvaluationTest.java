package io.github.brainimaging.core.evaluation.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      double macroF1,
      Double macroAuc,
      List<List<Integer>> confusion,
      List<OneClass> classes) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record OneClass(
      Double precision, Double recall, Double specificity, Double f1, Double auc, int support) {}

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
    assertFigure(evaluation.macroAuc(), c.macroAuc());
    assertThat(evaluation.confusion().toArray())
        .isDeepEqualTo(
            c.confusion().stream()
                .map(row -> row.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new));
    assertThat(evaluation.classes().keySet()).containsExactlyElementsOf(c.labels());
    List<ClassEvaluation> classes = List.copyOf(evaluation.classes().values());
    for (int i = 0; i < classes.size(); i++) {
      ClassEvaluation actual = classes.get(i);
      OneClass expected = c.classes().get(i);
      assertThat(actual.label()).isEqualTo(c.labels().get(i));
      assertFigure(actual.precision(), expected.precision());
      assertFigure(actual.recall(), expected.recall());
      assertFigure(actual.specificity(), expected.specificity());
      assertFigure(actual.f1(), expected.f1());
      assertFigure(actual.auc(), expected.auc());
      assertThat(actual.support()).isEqualTo(expected.support());
    }
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
            3 cases: accuracy 0.6667, balanced accuracy 0.7500, macro F1 0.6667, macro AUC 1.0000

            class      precision  recall  specificity      F1     AUC  support
            glioma        1.0000  0.5000       1.0000  0.6667  1.0000        2
            notumor       0.5000  1.0000       0.5000  0.6667  1.0000        1
            pituitary          -       -       1.0000       -       -        0

            truth \\ predicted     glioma    notumor  pituitary
            glioma                     1          1          0
            notumor                    0          1          0
            pituitary                  0          0          0""");
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
}
