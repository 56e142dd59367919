package io.github.brainimaging.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.evaluation.classification.SetEvaluation;
import io.github.brainimaging.core.inference.ConformalSets.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConformalSetsTest {

  private static final List<String> LABELS = List.of("a", "b", "c");

  private final List<String> truth = new ArrayList<>();
  private final List<Map<String, Double>> said = new ArrayList<>();

  private static Map<String, Double> probabilities(double... p) {
    Map<String, Double> map = new LinkedHashMap<>();
    for (int i = 0; i < p.length; i++) {
      map.put(LABELS.get(i), p[i]);
    }
    return map;
  }

  /** Of a classifier that is sharper on b than on a, and mixes up b and c. */
  private void draw(int cases, long seed) {
    truth.clear();
    said.clear();
    Random random = new Random(seed);
    double[] sharpness = {1, 3, 2};
    for (int i = 0; i < cases; i++) {
      int label = i % 3;
      double[] scores = {
        random.nextGaussian(), random.nextGaussian(), random.nextGaussian() + (label == 1 ? 1 : 0)
      };
      scores[label] += sharpness[label];
      double sum = 0;
      for (int c = 0; c < 3; c++) {
        scores[c] = Math.exp(scores[c]);
        sum += scores[c];
      }
      truth.add(LABELS.get(label));
      said.add(probabilities(scores[0] / sum, scores[1] / sum, scores[2] / sum));
    }
  }

  private SetEvaluation measured(ConformalSets sets, double coverage) {
    return SetEvaluation.of(truth, said.stream().map(p -> sets.labels(p, coverage)).toList());
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void newCasesOfTheSameKindAreCoveredAsOftenAsWasAskedFor(Method method) {
    draw(3000, 1);
    ConformalSets sets = ConformalSets.fit(method, 0.9, truth, said);
    draw(3000, 2);

    assertThat(measured(sets, 0.9).coverage()).isCloseTo(0.9, within(0.03));
    assertThat(measured(sets, 0.8).coverage()).isCloseTo(0.8, within(0.03));
    assertThat(measured(sets, 0.99).meanSize()).isGreaterThan(measured(sets, 0.9).meanSize());
  }

  @Test
  void onlyByClassIsEveryClassCovered() {
    draw(3000, 1);
    ConformalSets each = ConformalSets.fit(Method.BY_CLASS, 0.9, truth, said);
    ConformalSets all = ConformalSets.fit(Method.SPLIT, 0.9, truth, said);
    draw(3000, 2);

    assertThat(measured(each, 0.9).coverageByClass().values())
        .allSatisfy(coverage -> assertThat(coverage).isCloseTo(0.9, within(0.03)));
    assertThat(measured(all, 0.9).coverageByClass().get("a")).isLessThan(0.85);
  }

  @Test
  void theScoreOfTheRankDecides() {
    // 1 - p of the truth is 0.1, 0.2, ..., 0.9; (9 + 1) x 0.8 = 8th is 0.8, so 0.2 and more are in
    for (int i = 1; i <= 9; i++) {
      truth.add("a");
      said.add(probabilities(1 - i / 10.0, i / 10.0, 0));
    }
    ConformalSets split = ConformalSets.fit(Method.SPLIT, 0.8, truth, said);

    assertThat(split.labels(probabilities(0.2, 0.61, 0.19), 0.8)).containsExactly("b", "a");
    assertThat(split.labels(probabilities(0.45, 0.35, 0.2), 0.4)).isEmpty();
    assertThat(split.labels(probabilities(1, 0, 0), 0.95)).containsExactlyInAnyOrder("a", "b", "c");
    // Nothing is known of b and c by themselves: they cannot be left out.
    ConformalSets byClass = ConformalSets.fit(Method.BY_CLASS, 0.8, truth, said);
    assertThat(byClass.labels(probabilities(0.1, 0.9, 0), 0.8)).containsExactly("b", "c");
  }

  @Test
  void regularizedSetsAreNeverEmpty() {
    draw(300, 3);
    ConformalSets raps = ConformalSets.fit(Method.RAPS, 0.5, truth, said);

    assertThat(measured(raps, 0.01).meanSize()).isEqualTo(1);
    assertThat(measured(raps, 0.01).empty()).isZero();
    assertThat(measured(ConformalSets.fit(Method.SPLIT, 0.5, truth, said), 0.01).empty())
        .isGreaterThan(0.9);
  }

  @Test
  void aPredictionIsUnsureWhereItsSetIsNotOneLabel() {
    for (int i = 1; i <= 9; i++) {
      truth.add("a");
      said.add(probabilities(1 - i / 10.0, i / 10.0, 0));
    }
    ConformalSets sets = ConformalSets.fit(Method.SPLIT, 0.5, truth, said);
    Prediction open = Prediction.of(LABELS, 0.5, 0.5, 0);
    Prediction sure = Prediction.of(LABELS, 0.9, 0.1, 0).withSets(sets);

    assertThat(open.set()).isEmpty();
    assertThat(open.isUnsure()).isFalse();
    assertThat(open.withSets(sets).set()).contains(Set.of("a", "b"));
    assertThat(open.withSets(sets).isUnsure()).isTrue();
    assertThat(Prediction.of(LABELS, 0.4, 0.3, 0.3).withSets(sets).set()).contains(Set.of());
    assertThat(Prediction.of(LABELS, 0.4, 0.3, 0.3).withSets(sets).isUnsure()).isTrue();
    assertThat(sure.set()).contains(Set.of("a"));
    assertThat(sure.set(0.95)).contains(Set.copyOf(LABELS));
    assertThat(sure.isUnsure()).isFalse();
    assertThat(sure.withAssessment(Assessment.inDomain())).isEqualTo(sure);
    assertThat(Prediction.mean(List.of(sure, sure), 1, 1).set()).isEmpty();
  }

  @Test
  void refusesWhatFitsNot() {
    draw(30, 1);
    ConformalSets sets = ConformalSets.fit(Method.RAPS, 0.5, truth, said);
    assertThatThrownBy(() -> sets.labels(said.get(0), 1))
        .hasMessage("coverage must be between 0 and 1, got 1.0");
    assertThatThrownBy(() -> ConformalSets.none().labels(said.get(0), 0.5))
        .hasMessageContaining("scores must be there");
    assertThatThrownBy(() -> ConformalSets.fit(Method.SPLIT, 0.5, List.of("a"), List.of()))
        .hasMessageContaining("got 0 for 1 cases");
    assertThatThrownBy(() -> ConformalSets.fit(Method.SPLIT, 0.5, List.of("d"), said.subList(0, 1)))
        .hasMessage("label must be one of [a, b, c], got d");
    assertThatThrownBy(() -> Prediction.of(List.of("a", "b"), 0, 1).withSets(sets))
        .hasMessageContaining("sets must be of the labels [a, b]");
    assertThatThrownBy(
            () -> Prediction.ofIndependent(LABELS, Set.of(), 0.1, 0.2, 0.3).withSets(sets))
        .hasMessageContaining("exclude each other");
  }
}
