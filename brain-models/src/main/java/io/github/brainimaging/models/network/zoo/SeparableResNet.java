package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Padding;
import io.github.brainimaging.models.network.layer.Pool2d;
import io.github.brainimaging.models.network.layer.Relu;

/**
 * P5's "lightweight" residual network as its text describes it: residual blocks whose convolutions
 * are depthwise 3 x 3 and pointwise 1 x 1. The paper gives neither depth nor widths; here are the
 * stem of ResNet and stages of 64, 128, 256 and 512 channels with two blocks each, as in ResNet-18.
 *
 * <p>A block: depthwise 3 x 3, batch normalization, rectifier, pointwise 1 x 1, batch
 * normalization, twice; the shortcut added; a rectifier.
 */
final class SeparableResNet {

  static final Architecture ARCHITECTURE =
      new Architecture(
          "separable-resnet",
          "P5's lightweight residual network of depthwise and pointwise convolutions",
          3,
          224,
          Architecture.HEADS_ON_MAPS,
          "stage4.block1.1.depthwise",
          SeparableResNet::features);

  private static final BatchNorm NORM = BatchNorm.withDefaults();
  private static final int[] CHANNELS = {64, 128, 256, 512};
  private static final int BLOCKS = 2;

  private SeparableResNet() {}

  /**
   * Puts the backbone on an input.
   *
   * @param input {@code [channels, height, width]}, at least 32 x 32 pixels
   * @return {@code [512, height / 32, width / 32]}, the node {@code stage4.block2.out}
   */
  static Tap features(Tap input) {
    Tap x = input.then("stem.conv", Conv2d.same(CHANNELS[0], 7).withStride(2).withoutBias());
    x = x.then("stem.norm", NORM).then(Relu.plain());
    x = x.then(Pool2d.maximum(3).withStride(2).withPadding(Padding.of(1)));
    for (int stage = 0; stage < CHANNELS.length; stage++) {
      for (int block = 1; block <= BLOCKS; block++) {
        int stride = block == 1 && stage > 0 ? 2 : 1;
        x = block(x, "stage" + (stage + 1) + ".block" + block, CHANNELS[stage], stride);
      }
    }
    return x;
  }

  private static Tap block(Tap input, String name, int channels, int stride) {
    Tap x = separable(input, name + ".1", channels, stride).then(Relu.plain());
    x = separable(x, name + ".2", channels, 1);
    Tap shortcut = input;
    if (!x.shape().equals(input.shape())) {
      Conv2d projection = Conv2d.valid(channels, 1).withStride(stride).withoutBias();
      shortcut = input.then(name + ".shortcut", projection).then(name + ".shortcut.norm", NORM);
    }
    return x.plus(shortcut).then(name + ".out", Relu.plain());
  }

  private static Tap separable(Tap input, String name, int filters, int stride) {
    int channels = input.shape().get(0);
    Conv2d depthwise = Conv2d.same(channels, 3).withGroups(channels).withoutBias();
    return input
        .then(name + ".depthwise", depthwise.withStride(stride))
        .then(name + ".depthwise.norm", NORM)
        .then(Relu.plain())
        .then(name + ".pointwise", Conv2d.valid(filters, 1).withoutBias())
        .then(name + ".pointwise.norm", NORM);
  }
}
