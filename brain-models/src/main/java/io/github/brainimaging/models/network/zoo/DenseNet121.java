package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Padding;
import io.github.brainimaging.models.network.layer.Pool2d;
import io.github.brainimaging.models.network.layer.Relu;

/**
 * DenseNet-121 (Huang et al. 2017), the slice encoder of P4, layer by layer as {@code
 * keras.applications.DenseNet121}: growth 32, bottlenecks of 128 channels, transitions that halve
 * channels and size, epsilon 1.001e-5, and Keras' layer names ({@code conv1/conv} is {@code
 * conv1_conv}).
 *
 * <p>7,037,504 parameters without top and three input channels, 83,648 of them statistics of batch
 * normalization, which follow with momentum 0.9 (Keras: 0.99).
 */
final class DenseNet121 {

  static final Architecture ARCHITECTURE =
      new Architecture(
          "densenet121",
          "DenseNet-121 of P4",
          3,
          224,
          Architecture.HEADS_ON_MAPS,
          "conv5_block1_0_bn",
          DenseNet121::features);

  private static final BatchNorm NORM = new BatchNorm(1.001e-5f, 0.9f);
  private static final int[] BLOCKS = {6, 12, 24, 16};
  private static final int STEM = 64;
  private static final int GROWTH = 32;

  private DenseNet121() {}

  /**
   * Puts the backbone on an input.
   *
   * @param input {@code [channels, height, width]}, at least 32 x 32 pixels
   * @return {@code [1024, height / 32, width / 32]}, the node {@code relu}
   */
  static Tap features(Tap input) {
    Tap x = input.then("conv1_conv", Conv2d.same(STEM, 7).withStride(2).withoutBias());
    x = x.then("conv1_bn", NORM).then("conv1_relu", Relu.plain());
    x = x.then("pool1", Pool2d.maximum(3).withStride(2).withPadding(Padding.of(1)));
    for (int stage = 2; stage < BLOCKS.length + 2; stage++) {
      for (int block = 1; block <= BLOCKS[stage - 2]; block++) {
        x = block(x, "conv" + stage + "_block" + block);
      }
      if (stage < BLOCKS.length + 1) {
        x = transition(x, "pool" + stage);
      }
    }
    return x.then("bn", NORM).then("relu", Relu.plain());
  }

  private static Tap block(Tap input, String name) {
    Tap x = input.then(name + "_0_bn", NORM).then(name + "_0_relu", Relu.plain());
    x = x.then(name + "_1_conv", Conv2d.valid(4 * GROWTH, 1).withoutBias());
    x = x.then(name + "_1_bn", NORM).then(name + "_1_relu", Relu.plain());
    x = x.then(name + "_2_conv", Conv2d.same(GROWTH, 3).withoutBias());
    return input.concat(name + "_concat", x);
  }

  private static Tap transition(Tap input, String name) {
    Tap x = input.then(name + "_bn", NORM).then(name + "_relu", Relu.plain());
    x = x.then(name + "_conv", Conv2d.valid(input.shape().get(0) / 2, 1).withoutBias());
    return x.then(name + "_pool", Pool2d.average(2));
  }
}
