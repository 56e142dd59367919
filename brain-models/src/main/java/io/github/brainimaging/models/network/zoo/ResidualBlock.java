package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Relu;

/** The residual block (He et al. 2016) of our own small networks: two 3 x 3 convolutions. */
final class ResidualBlock {

  private ResidualBlock() {}

  static Tap on(Tap input, String name, int channels, int stride) {
    Tap x = convolution(input, name + ".1", channels, 3, stride).then(Relu.plain());
    x = convolution(x, name + ".2", channels, 3, 1);
    boolean sameShape = x.shape().equals(input.shape());
    Tap shortcut = sameShape ? input : convolution(input, name + ".shortcut", channels, 1, stride);
    return x.plus(shortcut).then(Relu.plain());
  }

  /** A convolution without bias, and batch normalization. */
  static Tap convolution(Tap input, String name, int channels, int kernel, int stride) {
    return input
        .then(name + ".conv", Conv2d.same(channels, kernel).withStride(stride).withoutBias())
        .then(name + ".norm", BatchNorm.withDefaults());
  }
}
