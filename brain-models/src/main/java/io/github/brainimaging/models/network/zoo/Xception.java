package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Padding;
import io.github.brainimaging.models.network.layer.Pool2d;
import io.github.brainimaging.models.network.layer.Relu;

/**
 * Xception (Chollet 2017), the second backbone of P5, layer by layer as {@code
 * keras.applications.Xception}: depthwise separable convolutions without bias, epsilon 1e-3, and
 * Keras' layer names. A separable convolution {@code block2_sepconv1} is two nodes, {@code
 * block2_sepconv1.depthwise} and {@code block2_sepconv1.pointwise}; the shortcuts, which Keras
 * leaves to its automatic names, are {@code conv2d}, {@code conv2d_1}, … in order.
 *
 * <p>20,861,480 parameters without top and three input channels, 54,528 of them statistics of batch
 * normalization, which follow with momentum 0.9 (Keras: 0.99).
 */
final class Xception {

  static final Architecture ARCHITECTURE =
      new Architecture(
          "xception",
          "Xception of P5",
          3,
          299,
          Architecture.HEADS_ON_MAPS,
          "conv2d_3",
          Xception::features);

  private static final BatchNorm NORM = new BatchNorm(1e-3f, 0.9f);
  private static final int MIDDLE = 728;
  private static final int MIDDLE_FIRST = 5;
  private static final int MIDDLE_LAST = 12;

  private Xception() {}

  /**
   * Puts the backbone on an input.
   *
   * @param input {@code [channels, height, width]}, at least 32 x 32 pixels (Keras asks for 71)
   * @return {@code [2048, height / 32, width / 32]} rounded up or down, the node {@code
   *     block14_sepconv2_act}
   */
  static Tap features(Tap input) {
    Tap x = input.then("block1_conv1", Conv2d.valid(32, 3).withStride(2).withoutBias());
    x = x.then("block1_conv1_bn", NORM).then("block1_conv1_act", Relu.plain());
    x = x.then("block1_conv2", Conv2d.valid(64, 3).withoutBias());
    x = x.then("block1_conv2_bn", NORM).then("block1_conv2_act", Relu.plain());
    x = halve(x, "block2", 128, 128, false);
    x = halve(x, "block3", 256, 256, true);
    x = halve(x, "block4", MIDDLE, MIDDLE, true);
    for (int block = MIDDLE_FIRST; block <= MIDDLE_LAST; block++) {
      x = middle(x, "block" + block);
    }
    x = halve(x, "block13", MIDDLE, 1024, true);
    x = separable(x, "block14_sepconv1", 1536).then("block14_sepconv1_act", Relu.plain());
    return separable(x, "block14_sepconv2", 2048).then("block14_sepconv2_act", Relu.plain());
  }

  private static Tap halve(Tap input, String name, int first, int second, boolean activate) {
    Tap residual =
        input
            .thenNumbered("conv2d", Conv2d.valid(second, 1).withStride(2).withoutBias())
            .thenNumbered("batch_normalization", NORM);
    Tap x = activate ? input.then(name + "_sepconv1_act", Relu.plain()) : input;
    x = separable(x, name + "_sepconv1", first).then(name + "_sepconv2_act", Relu.plain());
    x = separable(x, name + "_sepconv2", second);
    Pool2d pool = Pool2d.maximum(3).withStride(2).withPadding(Padding.toSame());
    return x.then(name + "_pool", pool).plus(residual);
  }

  private static Tap middle(Tap input, String name) {
    Tap x = input;
    for (int i = 1; i <= 3; i++) {
      String layer = name + "_sepconv" + i;
      x = separable(x.then(layer + "_act", Relu.plain()), layer, MIDDLE);
    }
    return x.plus(input);
  }

  private static Tap separable(Tap input, String name, int filters) {
    int channels = input.shape().get(0);
    Conv2d depthwise = Conv2d.same(channels, 3).withGroups(channels).withoutBias();
    return input
        .then(name + ".depthwise", depthwise)
        .then(name + ".pointwise", Conv2d.valid(filters, 1).withoutBias())
        .then(name + "_bn", NORM);
  }
}
