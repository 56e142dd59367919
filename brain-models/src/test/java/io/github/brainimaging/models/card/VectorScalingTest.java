package io.github.brainimaging.models.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorScalingTest {

  private static final VectorScaling SKEWED =
      new VectorScaling(List.of(1.5, 0.7, 1.1), List.of(-0.4, 0.3, 0.1));

  private static final int CASES = 100_000;

  /** What a network says of a case, unsure of some and sure of others. */
  private static double[] said(Random random) {
    double[] scores = new double[3];
    for (int c = 0; c < scores.length; c++) {
      scores[c] = 2 * random.nextGaussian();
    }
    return Activation.softmax(scores);
  }

  private static int drawn(double[] probabilities, Random random) {
    double rest = random.nextDouble();
    for (int c = 0; c < probabilities.length - 1; c++) {
      rest -= probabilities[c];
      if (rest < 0) {
        return c;
      }
    }
    return probabilities.length - 1;
  }

  /** Cases whose labels come as often as the scaled probabilities say. */
  private static VectorScaling fitted(int cases, VectorScaling truth, int seed) {
    Random random = new Random(seed);
    List<double[]> probabilities = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < cases; i++) {
      double[] p = said(random);
      probabilities.add(p);
      labels.add(drawn(truth.applied(p), random));
    }
    return VectorScaling.fit(probabilities, labels);
  }

  @Test
  void findsTheFactorsAndBiasesThatDistortedProbabilities() {
    VectorScaling found = fitted(CASES, SKEWED, 3);

    for (int c = 0; c < 3; c++) {
      assertThat(found.factors().get(c)).isEqualTo(SKEWED.factors().get(c), offset(0.04));
      assertThat(found.biases().get(c)).isEqualTo(SKEWED.biases().get(c), offset(0.04));
    }
    assertThat(fitted(CASES, SKEWED, 3)).isEqualTo(found);
    assertThat(found.biases().stream().mapToDouble(Double::doubleValue).sum())
        .isEqualTo(0, offset(1e-3));
  }

  @Test
  void leavesWhatIsRightAsItIsAndFewCasesChangeLittle() {
    VectorScaling right = fitted(CASES, VectorScaling.none(), 5);
    assertThat(right.factors()).allSatisfy(f -> assertThat(f).isEqualTo(1, offset(0.04)));
    assertThat(right.biases()).allSatisfy(b -> assertThat(b).isEqualTo(0, offset(0.04)));

    // Nothing was said of the third label, and no case is of it.
    VectorScaling few =
        VectorScaling.fit(
            List.of(new double[] {0.9, 0.1, 0}, new double[] {0.2, 0.8, 0}), List.of(0, 1));
    assertThat(few.factors()).allSatisfy(f -> assertThat(f).isBetween(0.9, 1.5));
    assertThat(few.factors().get(2)).isEqualTo(1, offset(1e-3));
  }

  @Test
  void computesWhatPythonDoes() {
    // softmax(1.5 log(0.3) - 0.4, 0.7 log(0.7) + 0.3)
    VectorScaling two = new VectorScaling(List.of(1.5, 0.7), List.of(-0.4, 0.3));
    double[] expected = {0.09480856094109459, 0.9051914390589054};

    assertThat(two.applied(0.3, 0.7)).containsExactly(expected, offset(1e-12));
    assertThat(two.applied(0.7)).containsExactly(new double[] {expected[1]}, offset(1e-12));
    assertThat(two.applied(1, 0))
        .satisfies(p -> assertThat(p[0] + p[1]).isEqualTo(1, offset(1e-12)));
    assertThat(VectorScaling.none().applied(0.3, 0.7)).containsExactly(0.3, 0.7);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> new VectorScaling(List.of(1.0), List.of()))
        .hasMessage("biases must be as many as the factors [1.0], got []");
    assertThatThrownBy(() -> new VectorScaling(List.of(Double.NaN), List.of(0.0)))
        .hasMessageContaining("factor must be finite");
    assertThatThrownBy(() -> SKEWED.applied(0.5, 0.5)).hasMessage("probabilities must be 3, got 2");
    assertThatThrownBy(() -> VectorScaling.fit(List.of(), List.of()))
        .hasMessageContaining("truth must have one label for each of 0 cases");
    assertThatThrownBy(() -> VectorScaling.fit(List.of(new double[] {0.5, 0.5}), List.of(2)))
        .hasMessageContaining(
            "case 0 must have 2 probabilities and a label among them, got 2 and 2");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -3, 4, -1e-9, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoProbability(double value) {
    List<double[]> cases = List.of(new double[] {0.2, 0.8}, new double[] {0.5, value});
    assertThatThrownBy(() -> VectorScaling.fit(cases, List.of(1, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("probability of case 1 must be 0 to 1, got " + value);

    assertThatThrownBy(() -> SKEWED.applied(0.5, value, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("probability must be 0 to 1, got " + value);
    VectorScaling two = new VectorScaling(List.of(1.5, 0.7), List.of(-0.4, 0.3));
    assertThatThrownBy(() -> two.applied(value)).hasMessageContaining("must be 0 to 1, got");
  }

  @Test
  void aCardKeepsItForLabelsThatExcludeEachOther() {
    ModelCard card = card(Activation.LOGITS).scaling(SKEWED).build();

    assertThat(ModelCard.fromJson(card.toJson())).isEqualTo(card);
    assertThat(card.toBuilder().build()).isEqualTo(card).hasToString(card.toJson());
    assertThat(card.toJson()).contains("\"factors\": [ 1.5, 0.7, 1.1 ]");
    assertThat(card(Activation.LOGITS).build().toJson()).doesNotContain("scaling");
    assertThatThrownBy(() -> card(Activation.SIGMOID).scaling(SKEWED).build())
        .hasMessageContaining(
            "scaling must be of a classifier with the labels [a, b, tumor], which")
        .hasMessageContaining("got VectorScaling[factors=[1.5, 0.7, 1.1]");
    assertThatThrownBy(
            () -> card(Activation.LOGITS).task(Task.SEGMENTATION).scaling(SKEWED).build())
        .hasMessageContaining("for SEGMENTATION and LOGITS");
    assertThatThrownBy(
            () -> ModelCard.fromJson(card.toJson().replace("[ 1.5, 0.7, 1.1 ]", "\"x\"")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("factors must be an array, got \"x\"");
  }

  private static ModelCard.Builder card(Activation activation) {
    return ModelCard.builder("m", ModelInput.ofSize(8, 1), activation, List.of("a", "b", "tumor"));
  }
}
