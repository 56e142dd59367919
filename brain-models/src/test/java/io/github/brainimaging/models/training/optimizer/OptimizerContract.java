package io.github.brainimaging.models.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.brainimaging.models.training.internal.TrainingEngine;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds for every {@link Optimizer}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OptimizerContract {

  private static final float[] START = {1, -2, 0.5f};

  private final NDManager manager = TrainingEngine.start().newBaseManager();

  /** The optimizer under test. */
  protected abstract Optimizer optimizer();

  @AfterAll
  void free() {
    manager.close();
  }

  /** A weight and what is remembered of it. */
  private final class Weight {
    private final NDArray value = manager.create(START);
    private final Map<String, NDArray> remembered = new HashMap<>();
    private long steps;

    Weight() {
      optimizer().memory().forEach(name -> remembered.put(name, manager.zeros(new Shape(3))));
    }

    /** As after a checkpoint: what is known is the value, the memory and the number of steps. */
    Weight restored() {
      Weight copy = new Weight();
      copy.steps = steps;
      copy.value.set(value.toFloatArray());
      remembered.forEach(
          (name, array) ->
              Objects.requireNonNull(copy.remembered.get(name)).set(array.toFloatArray()));
      return copy;
    }

    /** One step down the gradient of half the square, times a factor. */
    Weight step(double factor, double decay) {
      steps++;
      optimizer()
          .update(value, value.mul(factor), remembered, new Optimizer.Rates(steps, 0.01, decay));
      return this;
    }

    double square() {
      double sum = 0;
      for (float v : value.toFloatArray()) {
        sum += v * v;
      }
      return sum;
    }
  }

  @Test
  void goesDownhill() {
    Weight weight = new Weight();
    double start = weight.square();
    for (int i = 0; i < 50; i++) {
      weight = weight.step(1, 0);
    }

    assertThat(weight.square()).isLessThan(0.8 * start);
  }

  @Test
  void staysWhereThereIsNoSlope() {
    assertThat(new Weight().step(0, 0).step(0, 0).value.toFloatArray()).containsExactly(START);
  }

  @Test
  void decayMakesWeightsSmallerWhereThereIsNoSlope() {
    Weight weight = new Weight();

    assertThat(weight.step(0, 0.1).square()).isLessThan(5.25);
  }

  @Test
  void goesOnFromWhatItRemembersAsIfItHadNotBeenInterrupted() {
    Weight whole = new Weight().step(1, 0.1).step(2, 0.1);
    Weight resumed = new Weight().step(1, 0.1).restored().step(2, 0.1);

    assertThat(resumed.value.toFloatArray()).containsExactly(whole.value.toFloatArray());
    assertThat(whole.remembered.keySet()).isEqualTo(optimizer().memory());
  }

  @Test
  void equalSettingsAreEqualAndPrinted() {
    assertThat(optimizer()).isEqualTo(optimizer());
    assertThat(optimizer().toString()).matches("\\w+\\[.+=.+]");
  }
}
