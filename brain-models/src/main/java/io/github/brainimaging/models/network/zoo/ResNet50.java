package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Padding;
import io.github.brainimaging.models.network.layer.Pool2d;
import io.github.brainimaging.models.network.layer.Relu;

/**
 * ResNet-50 (He et al. 2016), the backbone of P1, P2 and P5, layer by layer as {@code
 * keras.applications.ResNet50}: convolutions with bias, the stride in the first 1 x 1 convolution
 * of a stage, epsilon 1.001e-5, and Keras' layer names, so that its weights fit.
 *
 * <p>23,587,712 parameters without top and three input channels, 53,120 of them statistics of batch
 * normalization. The statistics follow with momentum 0.9 (Keras: 0.99), which suits trainings of a
 * few thousand steps; inference does not depend on it.
 */
final class ResNet50 {

  static final Architecture ARCHITECTURE =
      new Architecture(
          "resnet50",
          "ResNet-50 of P1, P2 and P5",
          3,
          224,
          Architecture.HEADS_ON_MAPS,
          "conv5_block1_0_conv",
          ResNet50::features);

  private static final BatchNorm NORM = new BatchNorm(1.001e-5f, 0.9f);
  private static final int[] BLOCKS = {3, 4, 6, 3};
  private static final int STEM = 64;

  private ResNet50() {}

  /**
   * Puts the backbone on an input.
   *
   * @param input {@code [channels, height, width]}, at least 32 x 32 pixels
   * @return {@code [2048, height / 32, width / 32]}, the node {@code conv5_block3_out}
   */
  static Tap features(Tap input) {
    Tap x = input.then("conv1_conv", Conv2d.same(STEM, 7).withStride(2));
    x = x.then("conv1_bn", NORM).then("conv1_relu", Relu.plain());
    x = x.then("pool1_pool", Pool2d.maximum(3).withStride(2).withPadding(Padding.of(1)));
    for (int stage = 0; stage < BLOCKS.length; stage++) {
      for (int block = 1; block <= BLOCKS[stage]; block++) {
        int stride = block == 1 && stage > 0 ? 2 : 1;
        x = block(x, "conv" + (stage + 2) + "_block" + block, STEM << stage, stride, block == 1);
      }
    }
    return x;
  }

  private static Tap block(Tap input, String name, int width, int stride, boolean project) {
    Tap shortcut = input;
    if (project) {
      Conv2d projection = Conv2d.valid(4 * width, 1).withStride(stride);
      shortcut = input.then(name + "_0_conv", projection).then(name + "_0_bn", NORM);
    }
    Tap x = input.then(name + "_1_conv", Conv2d.valid(width, 1).withStride(stride));
    x = x.then(name + "_1_bn", NORM).then(name + "_1_relu", Relu.plain());
    x = x.then(name + "_2_conv", Conv2d.same(width, 3));
    x = x.then(name + "_2_bn", NORM).then(name + "_2_relu", Relu.plain());
    x = x.then(name + "_3_conv", Conv2d.valid(4 * width, 1)).then(name + "_3_bn", NORM);
    return shortcut.plus(x).then(name + "_out", Relu.plain());
  }
}
