package io.github.brainimaging.core.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.inference.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceRuleTest {

  private static final List<Prediction> SLICES =
      List.of(glioma(0.1), glioma(0.9), glioma(0.5), glioma(0.7));

  private static Prediction glioma(double probability) {
    return Prediction.of(List.of("glioma", "notumor"), probability, 1 - probability);
  }

  private static double apply(SliceRule rule) {
    Prediction prediction = rule.apply(SLICES);
    assertThat(prediction.probability("notumor"))
        .isCloseTo(1 - prediction.probability("glioma"), within(1e-12));
    return prediction.probability("glioma");
  }

  @Test
  void takesMeans() {
    assertThat(apply(SliceRule.mean())).isCloseTo(0.55, within(1e-12));
    assertThat(apply(SliceRule.maximum())).isCloseTo(0.9, within(1e-12));
    assertThat(apply(SliceRule.topMean(3))).isCloseTo(0.7, within(1e-12));
    assertThat(apply(SliceRule.topMean(9))).isCloseTo(0.55, within(1e-12));
  }

  @Test
  void attentionWeighsBySuspicion() {
    double sum = 0;
    double weights = 0;
    for (double p : new double[] {0.1, 0.9, 0.5, 0.7}) {
      sum += Math.exp(p / 0.2) * p;
      weights += Math.exp(p / 0.2);
    }
    assertThat(apply(SliceRule.attention(0.2))).isCloseTo(sum / weights, within(1e-12));
    assertThat(apply(SliceRule.attention(1e6))).isCloseTo(0.55, within(1e-5));
    assertThat(apply(SliceRule.attention(1e-6))).isCloseTo(0.9, within(1e-12));
  }

  @Test
  void theMajorityDecidesWhetherAndItsSlicesWhat() {
    assertThat(apply(SliceRule.majority())).isCloseTo(0.7, within(1e-12)); // of 0.9, 0.5, 0.7
    List<String> labels = List.of("a", "b", "notumor");
    Prediction a = Prediction.of(labels, 0.9, 0, 0.1);
    Prediction b = Prediction.of(labels, 0.2, 0.7, 0.1);
    Prediction none = Prediction.of(labels, 0, 0.1, 0.9);

    Prediction tumor = SliceRule.majority().apply(List.of(none, a, a, b, none));
    assertThat(tumor.label()).isEqualTo("a"); // the plain mean has 0.4 for a, 0.42 for none
    assertThat(tumor.tumorProbability()).isCloseTo(0.9, within(1e-12));
    assertThat(SliceRule.majority().apply(List.of(none, a, none))).isEqualTo(none);
    // All together mean a tumor, though none says so by itself.
    Prediction torn = Prediction.of(labels, 0.3, 0.3, 0.4);
    assertThat(SliceRule.majority().apply(List.of(torn))).isEqualTo(torn);
  }

  @Test
  void suspicionIsTheSumOverAllTumors() {
    List<String> labels = List.of("a", "b", "notumor");
    Prediction spread = Prediction.of(labels, 0.4, 0.4, 0.2);
    Prediction single = Prediction.of(labels, 0.7, 0, 0.3);

    assertThat(spread.tumorProbability()).isCloseTo(0.8, within(1e-12));
    assertThat(SliceRule.maximum().apply(List.of(single, spread))).isEqualTo(spread);
  }

  @Test
  void rejectsWhatCannotBePutTogether() {
    assertThatThrownBy(() -> SliceRule.mean().apply(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("slices must not be empty");
    Prediction other = Prediction.of(List.of("yes", "no"), 0.5, 0.5);
    assertThatThrownBy(() -> SliceRule.mean().apply(List.of(glioma(0.5), other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("equal labels");
    assertThatThrownBy(() -> SliceRule.topMean(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SliceRule.attention(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("temperature must be positive");
  }
}
