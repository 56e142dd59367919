package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Pool2d;
import io.github.brainimaging.models.network.layer.Relu;

/**
 * A small DenseNet (Huang et al. 2017) that encodes single slices on a CPU: a 3 x 3 convolution
 * with stride 2 to 24 channels and maximum pooling; three dense blocks of 3, 4 and 4 layers with
 * growth 16, the first two followed by a transition that halves channels and size.
 */
final class CompactDenseNet {

  private static final int STEM = 24;
  private static final int[] BLOCKS = {3, 4, 4};
  private static final int GROWTH = 16;

  private CompactDenseNet() {}

  /**
   * Puts the convolutions on an input.
   *
   * @param input {@code [channels, height, width]}, at least 16 x 16 pixels
   * @return {@code [115, height / 16, width / 16]}
   */
  static Tap features(Tap input) {
    Tap x = input.then("stem.conv", Conv2d.same(STEM, 3).withStride(2).withoutBias());
    x = x.then("stem.norm", BatchNorm.withDefaults()).then(Relu.plain());
    x = x.then(Pool2d.maximum(2));
    for (int block = 0; block < BLOCKS.length; block++) {
      String name = "block" + (block + 1);
      x = dense(x, name, BLOCKS[block], GROWTH);
      if (block < BLOCKS.length - 1) {
        x = x.then(name + ".transition.norm", BatchNorm.withDefaults()).then(Relu.plain());
        int half = x.shape().get(0) / 2;
        x = x.then(name + ".transition.conv", Conv2d.valid(half, 1).withoutBias());
        x = x.then(Pool2d.average(2));
      }
    }
    return x.then("norm", BatchNorm.withDefaults()).then(Relu.plain());
  }

  private static Tap dense(Tap input, String name, int layers, int growth) {
    Tap x = input;
    for (int layer = 1; layer <= layers; layer++) {
      String prefix = name + "." + layer;
      Tap grown = x.then(prefix + ".norm", BatchNorm.withDefaults()).then(Relu.plain());
      grown = grown.then(prefix + ".conv", Conv2d.same(growth, 3).withoutBias());
      x = x.concat(prefix, grown);
    }
    return x;
  }
}
