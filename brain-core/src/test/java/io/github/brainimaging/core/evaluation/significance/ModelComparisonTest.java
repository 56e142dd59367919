package io.github.brainimaging.core.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelComparisonTest {

  /** Every other case is of a class; right are those before a number. */
  private static ModelComparison.Model model(String name, int right) {
    List<String> truth = IntStream.range(0, 20).mapToObj(i -> i % 2 == 0 ? "a" : "b").toList();
    List<Map<String, Double>> said =
        IntStream.range(0, 20)
            .mapToObj(
                i -> {
                  double a = (i % 2 == 0) == (i < right) ? 0.9 : 0.1;
                  return Map.of("a", a, "b", 1 - a);
                })
            .toList();
    return new ModelComparison.Model(name, ClassificationEvaluation.of(truth, said));
  }

  @Test
  void everyTwoModelsAreComparedAndTheirChancesCorrected() {
    ModelComparison comparison =
        ModelComparison.of(List.of(model("good", 20), model("bad", 10), model("worse", 10)));

    assertThat(comparison.pairs())
        .extracting(pair -> pair.first().name() + " " + pair.second().name())
        .containsExactly("good bad", "good worse", "bad worse");
    // Ten cases right in the first only: twice 0.5 to the 10th, times three pairs.
    double corrected = 3 * 2 * Math.pow(0.5, 10);
    assertThat(comparison.pairs().get(0).accuracyP()).isCloseTo(corrected, within(1e-12));
    assertThat(comparison.pairs().get(1).accuracyP()).isCloseTo(corrected, within(1e-12));
    assertThat(comparison.pairs().get(2).accuracyP()).isEqualTo(1);
    assertThat(comparison.pairs().get(2).aucP()).isEqualTo(1);
    assertThat(comparison.toString())
        .contains("good less bad:")
        .contains("accuracy   +0.5000")
        .contains("10 cases right only in the first, 0 only in the second")
        .contains("Holm's, for 3 pairs");
  }

  @Test
  void oneModelHasNoPair() {
    ModelComparison comparison = ModelComparison.of(List.of(model("alone", 20)));

    assertThat(comparison.pairs()).isEmpty();
    assertThat(comparison.toString()).doesNotContain("Holm").contains("too narrow");
  }
}
