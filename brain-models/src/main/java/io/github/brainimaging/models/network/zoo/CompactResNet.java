package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.models.network.Tap;
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
final class CompactResNet {

  static final Architecture ARCHITECTURE =
      new Architecture(
          "compact-resnet",
          "our small residual network, the embedded model",
          1,
          128,
          Architecture.HEADS_ON_MAPS,
          "stage3.block1.1.conv",
          CompactResNet::features);

  private static final int STEM = 24;
  private static final int[] CHANNELS = {48, 96, 160};
  private static final int[] BLOCKS = {1, 2, 2};

  private CompactResNet() {}

  /**
   * Puts the convolutions on an input.
   *
   * @param input {@code [channels, height, width]}, at least 16 x 16 pixels
   * @return {@code [160, height / 16, width / 16]}
   */
  static Tap features(Tap input) {
    Tap x = ResidualBlock.convolution(input, "stem", STEM, 3, 2).then(Relu.plain());
    for (int stage = 0; stage < CHANNELS.length; stage++) {
      for (int block = 0; block < BLOCKS[stage]; block++) {
        int stride = block == 0 ? 2 : 1;
        x =
            ResidualBlock.on(
                x, "stage" + (stage + 1) + ".block" + (block + 1), CHANNELS[stage], stride);
      }
    }
    return x;
  }
}
