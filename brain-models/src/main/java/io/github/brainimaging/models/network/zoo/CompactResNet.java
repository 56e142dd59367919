package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Network.Tap;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Relu;

/**
 * The library's own small residual network, in the spirit of P5's "lightweight" models but trained
 * from scratch: plain 3 x 3 convolutions with early strides, which run fast on a CPU. The embedded
 * model is one.
 *
 * <p>A 3 x 3 convolution with stride 2 to 24 channels; residual blocks (He et al. 2016) of 48
 * (one), 96 (two) and 160 (two) channels, the first of each halving the size; global average
 * pooling, dropout 0.2, a dense layer and softmax.
 */
public final class CompactResNet {

  private static final int STEM = 24;
  private static final int[] CHANNELS = {48, 96, 160};
  private static final int[] BLOCKS = {1, 2, 2};

  private CompactResNet() {}

  /**
   * Describes the network.
   *
   * @param size rows and columns of the gray input, at least 16; 128 for the embedded model
   * @param classes number of classes, at least 2
   * @return about 1.2 million parameters
   * @throws IllegalArgumentException if a value is out of range
   */
  public static Network describe(int size, int classes) {
    Arguments.require(size >= 16, "size must be at least 16, got %s", size);
    Arguments.require(classes >= 2, "classes must be at least 2, got %s", classes);
    Tap input = Network.builder("compact-resnet", 1, size, size).input();
    return Head.POOLED.on(features(input), classes).build();
  }

  /**
   * Puts the convolutions on an input.
   *
   * @param input {@code [channels, height, width]}, at least 16 x 16 pixels
   * @return {@code [160, height / 16, width / 16]}
   */
  public static Tap features(Tap input) {
    Tap x = convolution(input, "stem", STEM, 3, 2).then(Relu.plain());
    for (int stage = 0; stage < CHANNELS.length; stage++) {
      for (int block = 0; block < BLOCKS[stage]; block++) {
        int stride = block == 0 ? 2 : 1;
        x = residual(x, "stage" + (stage + 1) + ".block" + (block + 1), CHANNELS[stage], stride);
      }
    }
    return x;
  }

  private static Tap residual(Tap input, String name, int channels, int stride) {
    Tap x = convolution(input, name + ".1", channels, 3, stride).then(Relu.plain());
    x = convolution(x, name + ".2", channels, 3, 1);
    boolean sameShape = x.shape().equals(input.shape());
    Tap shortcut = sameShape ? input : convolution(input, name + ".shortcut", channels, 1, stride);
    return x.plus(shortcut).then(Relu.plain());
  }

  private static Tap convolution(Tap input, String name, int channels, int kernel, int stride) {
    return input
        .then(name + ".conv", Conv2d.same(channels, kernel).withStride(stride).withoutBias())
        .then(name + ".norm", BatchNorm.withDefaults());
  }
}
