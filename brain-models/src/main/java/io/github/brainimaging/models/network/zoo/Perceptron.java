package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.Flatten;
import io.github.brainimaging.models.network.layer.Relu;

/**
 * P1's "deep neural network": the pixels, flattened, through fully connected layers of 128, 64 and
 * 32 units with rectifiers. At P1's 128 x 128 gray pixels and three classes it has 2,107,715
 * parameters with the last layer.
 */
final class Perceptron {

  static final Architecture ARCHITECTURE =
      new Architecture(
          "perceptron",
          "P1's DNN",
          1,
          128,
          Architecture.HEADS_ON_VECTORS,
          "hidden3",
          Perceptron::features);

  private static final int[] UNITS = {128, 64, 32};

  private Perceptron() {}

  /**
   * Puts the hidden layers on an input.
   *
   * @param input {@code [channels, height, width]}
   * @return {@code [32]}
   */
  static Tap features(Tap input) {
    Tap x = input.then("flatten", new Flatten());
    for (int i = 0; i < UNITS.length; i++) {
      x = x.then("hidden" + (i + 1), new Dense(UNITS[i])).then(Relu.plain());
    }
    return x;
  }
}
