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
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class OptimizerTest {

  private static final Map<String, Optimizer> OPTIMIZERS =
      Map.of(
          "sgd", Optimizer.sgd(0.9),
          "nesterov", Optimizer.nesterov(0.9),
          "rmsprop", Optimizer.rmsProp(),
          "rmsprop-momentum", Optimizer.rmsProp(0.9, 1e-7, 0.8),
          "adam", Optimizer.adam(),
          "adamw", Optimizer.adamW());

  /** What PyTorch 1.13 gives, by reference.py beside the table: a bowl, rate and decay 0.1. */
  @ParameterizedTest
  @CsvFileSource(resources = "optimizers.csv", numLinesToSkip = 1)
  void takesPyTorchsSteps(String name, double one1, double one2, double ten1, double ten2) {
    Optimizer optimizer = Objects.requireNonNull(OPTIMIZERS.get(name));
    try (NDManager manager = TrainingEngine.start().newBaseManager()) {
      NDArray weight = manager.create(new float[] {1, -2});
      Map<String, NDArray> remembered = new HashMap<>();
      optimizer.memory().forEach(some -> remembered.put(some, manager.zeros(new Shape(2))));
      for (int number = 1; number <= 10; number++) {
        float[] w = weight.toFloatArray();
        float[] slope = {2 * w[0] + 0.5f * w[1] - 1, 0.5f * w[0] + w[1] + 1};
        optimizer.update(
            weight, manager.create(slope), remembered, new Optimizer.Rates(number, 0.1, 0.1));
        if (number == 1) {
          assertThat((double) weight.getFloat(0)).isCloseTo(one1, within(1e-6));
          assertThat((double) weight.getFloat(1)).isCloseTo(one2, within(1e-6));
        }
      }

      assertThat((double) weight.getFloat(0)).isCloseTo(ten1, within(5e-6));
      assertThat((double) weight.getFloat(1)).isCloseTo(ten2, within(5e-6));
    }
  }

  @Test
  void whatNeedsNoVelocityRemembersNone() {
    assertThat(Optimizer.sgd(0).memory()).isEmpty();
    assertThat(Optimizer.rmsProp().memory()).containsExactly("square");
    assertThat(Optimizer.rmsProp(0.9, 1e-7, 0.9).memory()).containsOnly("square", "velocity");
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatThrownBy(() -> Optimizer.sgd(1)).hasMessageContaining("momentum");
    assertThatThrownBy(() -> Optimizer.rmsProp(0.9, 0, 0)).hasMessageContaining("epsilon");
    assertThatThrownBy(() -> Optimizer.rmsProp(0.9, 1, 1))
        .hasMessage("momentum must be 0 or more and below 1, got 1.0");
    assertThatThrownBy(() -> Optimizer.adam(Double.NaN, 0.9, 1)).hasMessageContaining("beta1");
    assertThatThrownBy(() -> Optimizer.adamW(0.9, -1, 1)).hasMessageContaining("beta2");
  }

  @Test
  void ratesMayBeZeroButNotOne() {
    assertThat(Optimizer.sgd(0)).hasToString("Sgd[momentum=0.0, nesterov=false]");
    assertThat(Optimizer.rmsProp(0, 1, 0))
        .hasToString("RmsProp[decay=0.0, epsilon=1.0, momentum=0.0]");
    assertThat(Optimizer.adam(0, 0, 1))
        .hasToString("Adam[beta1=0.0, beta2=0.0, epsilon=1.0, decoupled=false]");
    assertThatThrownBy(() -> Optimizer.rmsProp(1, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("decay must be 0 or more and below 1, got 1.0");
    assertThatThrownBy(() -> Optimizer.rmsProp(-0.1, 1, 0)).hasMessageContaining("got -0.1");
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
