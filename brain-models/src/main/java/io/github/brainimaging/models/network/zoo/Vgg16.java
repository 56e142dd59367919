package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Pool2d;
import io.github.brainimaging.models.network.layer.Relu;

/**
 * VGG-16 (Simonyan and Zisserman 2015), the second backbone of P2, layer by layer as {@code
 * keras.applications.VGG16}: 3 x 3 convolutions with bias, no batch normalization, and Keras' layer
 * names. 14,714,688 parameters without top and three input channels.
 *
 * <p>Without normalization it learns from random weights only slowly; it is meant to start from
 * trained ones.
 */
final class Vgg16 {

  static final Architecture ARCHITECTURE =
      new Architecture(
          "vgg16",
          "VGG-16 of P2",
          3,
          224,
          Architecture.HEADS_OF_VGG,
          "block5_conv1",
          Vgg16::features);

  private static final int[] CHANNELS = {64, 128, 256, 512, 512};
  private static final int[] CONVOLUTIONS = {2, 2, 3, 3, 3};

  private Vgg16() {}

  /**
   * Puts the backbone on an input.
   *
   * @param input {@code [channels, height, width]}, at least 32 x 32 pixels
   * @return {@code [512, height / 32, width / 32]}, the node {@code block5_pool}
   */
  static Tap features(Tap input) {
    Tap x = input;
    for (int block = 0; block < CHANNELS.length; block++) {
      String name = "block" + (block + 1);
      for (int i = 1; i <= CONVOLUTIONS[block]; i++) {
        x = x.then(name + "_conv" + i, Conv2d.same(CHANNELS[block], 3)).then(Relu.plain());
      }
      x = x.then(name + "_pool", Pool2d.maximum(2));
    }
    return x;
  }
}
