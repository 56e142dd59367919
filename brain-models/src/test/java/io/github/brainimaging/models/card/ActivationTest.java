package io.github.brainimaging.models.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ActivationTest {

  @Test
  void scoresBecomeASoftmaxHoweverLargeTheyAre() {
    double[] logarithms = {Math.log(1), Math.log(2), Math.log(5)};
    assertThat(Activation.LOGITS.probabilities(logarithms))
        .containsExactly(new double[] {0.125, 0.25, 0.625}, within(1e-12));
    assertThat(Activation.LOGITS.probabilities(new double[] {1000, 1000}))
        .containsExactly(0.5, 0.5);
  }

  @Test
  void probabilitiesAreTakenAsTheyAre() {
    assertThat(Activation.SOFTMAX.probabilities(new double[] {0.25, 0.75}))
        .containsExactly(0.25, 0.75);
    assertThat(Activation.SIGMOID.probabilities(new double[] {0.9, 0.8})).containsExactly(0.9, 0.8);
  }

  @Test
  void halfPrecisionMayLeaveTheUnitByAHundredth() {
    assertThat(Activation.SIGMOID.probabilities(new double[] {-0.01, 1.01})).containsExactly(0, 1);
    assertThatThrownBy(() -> Activation.SIGMOID.probabilities(new double[] {-0.02}))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> Activation.SIGMOID.probabilities(new double[] {1.02}))
        .isInstanceOf(ModelException.class);
  }

  @Test
  void whatDoesNotSumToOneIsNoSoftmax() {
    assertThatThrownBy(() -> Activation.SOFTMAX.probabilities(new double[] {0.9, 0.8}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("SOFTMAX", "[0.9, 0.8]", "LOGITS");
    assertThatThrownBy(() -> Activation.SOFTMAX.probabilities(new double[] {0.4, 0.4}))
        .isInstanceOf(ModelException.class);
  }
}
