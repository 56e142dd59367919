package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.DistanceAttention;
import io.github.brainimaging.models.network.layer.Dropout;
import io.github.brainimaging.models.network.layer.Flatten;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Lstm;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Slices;
import io.github.brainimaging.models.network.layer.Softmax;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * P4's networks over a sequence of slices: one DenseNet encodes every slice to a vector of
 * features; then (a) an LSTM runs over the vectors, or (b) they are stacked as an image that a
 * second DenseNet classifies. One label for the whole sequence.
 *
 * <p>Input {@code [slices, channels, size, size]}; when the network runs, a sequence may have any
 * number of slices, and shorter ones in a batch are padded with 0 at their end. Padding does not
 * change the result.
 *
 * @since 0.1.0
 */
public enum SliceSequences {
  /** DenseNet-LSTM: an LSTM of 64 units over the features, its last state. */
  DENSENET_LSTM("densenet-lstm", false),

  /** DenseNet-LSTM with {@link DistanceAttention} on the features. */
  DENSENET_ATTENTION_LSTM("densenet-attention-lstm", false),

  /**
   * DenseNet-DenseNet: the features, 64 per slice, as an image of one row per slice; three layers
   * of growth 8, each of 3 x 3; the mean over the slices.
   */
  DENSENET_DENSENET("densenet-densenet", true);

  /** Length of the LSTM's state, and of a row of the image. */
  private static final int UNITS = 64;

  private static final int LAYERS = 3;
  private static final int GROWTH = 8;

  private final String label;
  private final boolean stacked;

  SliceSequences(String label, boolean stacked) {
    this.label = label;
    this.stacked = stacked;
  }

  /**
   * Describes the network with a small DenseNet of our own as encoder.
   *
   * @param channels channels of a slice, positive
   * @param size rows and columns of a slice, at least 16
   * @param slices usual number of slices, positive; P4: 6
   * @param classes number of classes, at least 2
   * @return the network
   * @throws IllegalArgumentException if a value is out of range
   */
  public Network describe(int channels, int size, int slices, int classes) {
    return describe(CompactDenseNet::features, channels, size, slices, classes);
  }

  /**
   * Describes the network.
   *
   * @param encoder puts the encoder's convolutions on a slice, such as {@code
   *     Architectures.named("densenet121")::features}
   * @param channels channels of a slice, positive
   * @param size rows and columns of a slice, as large as the encoder needs
   * @param slices usual number of slices, positive; P4: 6
   * @param classes number of classes, at least 2
   * @return the network
   * @throws IllegalArgumentException if a value is out of range
   */
  public Network describe(
      UnaryOperator<Tap> encoder, int channels, int size, int slices, int classes) {
    Arguments.require(classes >= 2, "classes must be at least 2, got %s", classes);
    Tap input = Network.input(label, List.of(slices, channels, size, size));
    Tap mask = input.then("mask", Slices.MASK);
    Tap encoded = encoder.apply(input.then("single", Slices.AS_BATCH));
    encoded = encoded.then("encoded", new GlobalAveragePool());
    if (stacked) {
      encoded = encoded.then("row", new Dense(UNITS));
    }
    Tap x = encoded.then("features", Slices.FROM_BATCH, input);
    if (this == DENSENET_ATTENTION_LSTM) {
      x = x.then("attention", new DistanceAttention(), mask);
    }
    x = stacked ? stack(x, mask) : x.then("lstm", new Lstm(UNITS), mask);
    return x.then(new Dropout(0.3f))
        .then("head", new Dense(classes))
        .then("probabilities", new Softmax())
        .build();
  }

  private static Tap stack(Tap features, Tap mask) {
    Tap x = features.then("image", Slices.AS_IMAGE);
    for (int layer = 1; layer <= LAYERS; layer++) {
      String name = "stack." + layer;
      Tap grown = x.then(name + ".norm", BatchNorm.withDefaults()).then(Relu.plain());
      grown = grown.then(name + ".mask", Slices.MASKED, mask);
      x = x.concat(name, grown.then(name + ".conv", Conv2d.same(GROWTH, 3).withoutBias()));
    }
    x = x.then("stack.norm", BatchNorm.withDefaults()).then(Relu.plain());
    return x.then("mean", Slices.MEAN, mask).then(new Flatten());
  }
}
