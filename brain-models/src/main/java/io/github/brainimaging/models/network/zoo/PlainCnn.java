package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.Dropout;
import io.github.brainimaging.models.network.layer.Flatten;
import io.github.brainimaging.models.network.layer.Pool2d;
import io.github.brainimaging.models.network.layer.Relu;

/**
 * P1's convolutional network: three 3 x 3 convolutions without padding to 32, 32 and 64 channels,
 * each followed by 2 x 2 maximum pooling and a rectifier of slope 0.1; dropout 0.5, a hidden layer
 * of 128 units, dropout 0.5. At P1's 128 x 128 gray pixels and three classes it has 1,634,211
 * parameters with the last layer.
 */
final class PlainCnn {

  static final Architecture ARCHITECTURE =
      new Architecture(
          "plain-cnn",
          "P1's CNN",
          1,
          128,
          Architecture.HEADS_ON_VECTORS,
          "hidden",
          PlainCnn::features);

  private static final int[] CHANNELS = {32, 32, 64};
  private static final int HIDDEN = 128;
  private static final Relu LEAKY = new Relu(0.1f);
  private static final Dropout DROPOUT = new Dropout(0.5f);

  private PlainCnn() {}

  /**
   * Puts convolutions and hidden layer on an input.
   *
   * @param input {@code [channels, height, width]}, at least 22 x 22 pixels
   * @return {@code [128]}
   */
  static Tap features(Tap input) {
    Tap x = input;
    for (int i = 0; i < CHANNELS.length; i++) {
      x = x.then("conv" + (i + 1), Conv2d.valid(CHANNELS[i], 3));
      x = x.then(Pool2d.maximum(2)).then(LEAKY);
    }
    x = x.then(DROPOUT).then("flatten", new Flatten());
    return x.then("hidden", new Dense(HIDDEN)).then(LEAKY).then(DROPOUT);
  }
}
