package io.github.brainimaging.models.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.brainimaging.models.training.internal.TrainingEngine;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {

  private static final float[][] GRADIENTS = {{0.5f, -1}, {0.25f, 2}, {-1.5f, 0.125f}};

  /**
   * Three steps from (1, -2) with rate 0.1 and decay 0.1, by the formulas of the javadoc in numpy
   * 1.24 (float64).
   */
  static Stream<Arguments> optimizers() {
    return Stream.of(
        Arguments.of(Optimizer.sgd(0.9), 0.913524, -2.012048),
        Arguments.of(Optimizer.nesterov(0.9), 0.972211146, -2.066647292),
        Arguments.of(Optimizer.rmsProp(), 0.8201665527523203, -1.9415006312267746),
        Arguments.of(Optimizer.adam(), 0.8304142282594253, -1.9423614580466217),
        Arguments.of(Optimizer.adamW(), 0.8147255703736074, -1.9106556343413195));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void takesTheStepsOfItsFormula(Optimizer optimizer, double first, double second) {
    try (NDManager manager = TrainingEngine.start().newBaseManager()) {
      NDArray weight = manager.create(new float[] {1, -2});
      Map<String, NDArray> remembered = new HashMap<>();
      optimizer.memory().forEach(name -> remembered.put(name, manager.zeros(new Shape(2))));
      for (int i = 0; i < GRADIENTS.length; i++) {
        NDArray gradient = manager.create(GRADIENTS[i]);
        optimizer.update(weight, gradient, remembered, new Optimizer.Rates(i + 1, 0.1, 0.1));
      }

      assertThat((double) weight.getFloat(0)).isCloseTo(first, within(1e-6));
      assertThat((double) weight.getFloat(1)).isCloseTo(second, within(1e-6));
    }
  }

  @Test
  void plainDescentRemembersNothing() {
    assertThat(Optimizer.sgd(0).memory()).isEmpty();
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatThrownBy(() -> Optimizer.sgd(1)).hasMessageContaining("momentum");
    assertThatThrownBy(() -> Optimizer.rmsProp(0.9, 0)).hasMessageContaining("epsilon");
    assertThatThrownBy(() -> Optimizer.adam(Double.NaN, 0.9, 1)).hasMessageContaining("beta1");
    assertThatThrownBy(() -> Optimizer.adamW(0.9, -1, 1)).hasMessageContaining("beta2");
  }

  @Test
  void ratesMayBeZeroButNotOne() {
    assertThat(Optimizer.sgd(0)).hasToString("Sgd[momentum=0.0, nesterov=false]");
    assertThat(Optimizer.rmsProp(0, 1)).hasToString("RmsProp[decay=0.0, epsilon=1.0]");
    assertThat(Optimizer.adam(0, 0, 1))
        .hasToString("Adam[beta1=0.0, beta2=0.0, epsilon=1.0, decoupled=false]");
    assertThatThrownBy(() -> Optimizer.rmsProp(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("decay must be 0 or more and below 1, got 1.0");
    assertThatThrownBy(() -> Optimizer.rmsProp(-0.1, 1)).hasMessageContaining("got -0.1");
    assertThatThrownBy(() -> Optimizer.adam(1, 0.9, 1))
        .hasMessage("beta1 must be 0 or more and below 1, got 1.0");
    assertThatThrownBy(() -> Optimizer.adam(0.9, 1, 1))
        .hasMessage("beta2 must be 0 or more and below 1, got 1.0");
  }

  @Nested
  class OfDescent extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return Optimizer.sgd(0);
    }
  }

  @Nested
  class OfMomentum extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return Optimizer.sgd(0.9);
    }
  }

  @Nested
  class OfNesterov extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return Optimizer.nesterov(0.9);
    }
  }

  @Nested
  class OfRmsProp extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return Optimizer.rmsProp();
    }
  }

  @Nested
  class OfAdam extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return Optimizer.adam();
    }
  }

  @Nested
  class OfAdamW extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return Optimizer.adamW();
    }
  }
}
