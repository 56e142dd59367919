package io.github.brainimaging.models.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BaselineTest {

  private static final List<String> LABELS = List.of("a", "b", "c");

  private final List<Tensor> features = new ArrayList<>();
  private final List<Integer> truth = new ArrayList<>();

  /** Three clouds; of 8 features 3 tell them apart, each in a unit of its own. */
  private static Tensor point(int label, Random random) {
    float[] values = new float[8];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (Math.pow(10, i % 3) * (random.nextGaussian() + (i == label ? 5 : 0)));
    }
    return Tensor.of(values, 8);
  }

  private void clouds(int classes, int each) {
    Random random = new Random(7);
    for (int i = 0; i < classes * each; i++) {
      truth.add(i % classes);
      features.add(point(i % classes, random));
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsCloudsApartThatItHasNotSeen(Baseline baseline) {
    clouds(3, 40);
    FittedBaseline fitted = baseline.fit(LABELS, features, truth, 1);
    Random random = new Random(99);

    int right = 0;
    for (int i = 0; i < 60; i++) {
      Prediction said = fitted.classify(point(i % 3, random));
      right += said.label().equals(LABELS.get(i % 3)) ? 1 : 0;
      assertThat(said.probabilities().values().stream().mapToDouble(p -> p).sum())
          .isCloseTo(1, within(1e-6));
    }

    assertThat(right).isGreaterThanOrEqualTo(baseline == Baseline.DECISION_TREE ? 54 : 57);
    assertThat(fitted.labels()).isEqualTo(LABELS);
  }

  @ParameterizedTest
  @EnumSource
  void equalSeedsGiveEqualAnswers(Baseline baseline) {
    clouds(2, 20);
    Tensor between = Tensor.of(new float[] {2, 20, 100, 0, 0, 0, 0, 0}, 8);

    Prediction first = baseline.fit(LABELS, features, truth, 5).classify(between);
    Prediction second = baseline.fit(LABELS, features, truth, 5).classify(between);

    assertThat(second).isEqualTo(first);
    assertThat(first.probability("c")).as("which no example had").isZero();
  }

  @Test
  void theSeedDecidesTheForest() {
    clouds(2, 20);

    assertThat(said(Baseline.RANDOM_FOREST.fit(LABELS, features, truth, 5)))
        .isNotEqualTo(said(Baseline.RANDOM_FOREST.fit(LABELS, features, truth, 6)));
  }

  /** Of some examples between the clouds. */
  private static List<Prediction> said(FittedBaseline fitted) {
    List<Prediction> said = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      said.add(fitted.classify(Tensor.of(new float[] {i / 2f, 20, 100 - 9 * i, 0, 0, 0, 0, 0}, 8)));
    }
    return said;
  }

  @Test
  void refusesWhatCannotBeLearnedFrom() {
    clouds(2, 3);
    Baseline tree = Baseline.DECISION_TREE;
    assertThatThrownBy(() -> tree.fit(LABELS, features, List.of(1), 1))
        .hasMessage("truth must have a class for each of 6 features, got 1");
    assertThatThrownBy(() -> tree.fit(LABELS, features, List.of(1, 1, 1, 1, 1, 1), 1))
        .hasMessage("truth must hold two classes or more, got 6 examples of one");
    FittedBaseline fitted = tree.fit(LABELS, features, truth, 1);
    assertThatThrownBy(() -> fitted.classify(Tensor.of(new float[3], 3)))
        .hasMessage("features must have 8 values, got 3");
    assertThatThrownBy(
            () -> fitted.classify(Tensor.of(new float[] {Float.NaN, 0, 0, 0, 0, 0, 0, 0}, 8)))
        .hasMessage("features must be finite, got NaN");
    assertThat(fitted).hasToString("decision tree on 8 features, classes [a, b, c]");
  }
}
