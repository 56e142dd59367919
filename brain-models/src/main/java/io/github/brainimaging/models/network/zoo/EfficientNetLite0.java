package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.layer.Add;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Padding;
import io.github.brainimaging.models.network.layer.Relu;
import java.util.ArrayList;
import java.util.List;

/**
 * EfficientNet-Lite0 (Tan and Le 2019; the Lite variants are Google's of 2020), layer by layer as
 * the Python package {@code efficientnet-lite-pytorch}: inverted residual blocks without squeeze
 * and excitation, rectifiers that end at 6, TensorFlow's {@code same} padding, epsilon 1e-3, and
 * that package's layer names without the underscore. Small and fast, and its ImageNet weights can
 * be had: docs/models.md.
 *
 * <p>3,413,024 parameters without top and three input channels, 42,016 of them statistics of batch
 * normalization, which follow with momentum 0.9 (the package: 0.99). Blocks are not left out at
 * random in training, as the package can do it.
 */
final class EfficientNetLite0 {

  static final Architecture ARCHITECTURE =
      new Architecture(
          "efficientnet-lite0",
          "EfficientNet-Lite0, a small network with ImageNet weights that can be had",
          3,
          224,
          Architecture.HEADS_ON_MAPS,
          "blocks.11.expand_conv",
          EfficientNetLite0::features);

  /** Blocks of one width; the first of them has the step. */
  private record Stage(int blocks, int kernel, int stride, int expansion, int channels) {}

  private static final Stage[] STAGES = {
    new Stage(1, 3, 1, 1, 16),
    new Stage(2, 3, 2, 6, 24),
    new Stage(2, 5, 2, 6, 40),
    new Stage(3, 3, 2, 6, 80),
    new Stage(3, 5, 1, 6, 112),
    new Stage(4, 5, 2, 6, 192),
    new Stage(1, 3, 1, 6, 320)
  };

  private static final BatchNorm NORM = new BatchNorm(1e-3f, 0.9f);
  private static final int STEM = 32;
  private static final int TOP = 1280;
  private static final int BLOCKS = 16;

  private EfficientNetLite0() {}

  /**
   * Puts the backbone on an input.
   *
   * @param input {@code [channels, height, width]}
   * @return {@code [1280, height / 32, width / 32]} rounded up
   */
  static Tap features(Tap input) {
    List<Tap> blocks = blocks(input, BLOCKS);
    Tap x = blocks.get(BLOCKS - 1).then("conv_head", convolution(TOP, 1));
    return x.then("bn1", NORM).then("features", Relu.six());
  }

  /**
   * Puts only the first blocks on an input.
   *
   * @param input {@code [channels, height, width]}
   * @param count how many of the 16 blocks
   * @return the output of each, at a half, a fourth (from block 1 on), an eighth (3), a 16th (5)
   *     and a 32nd (11) of the size
   */
  static List<Tap> blocks(Tap input, int count) {
    Tap x = input.then("conv_stem", convolution(STEM, 3).withStride(2));
    x = x.then("bn0", NORM).then(Relu.six());
    List<Tap> blocks = new ArrayList<>();
    for (Stage stage : STAGES) {
      for (int i = 0; i < stage.blocks() && blocks.size() < count; i++) {
        x = block(x, "blocks." + blocks.size(), stage, i == 0 ? stage.stride() : 1);
        blocks.add(x);
      }
    }
    return blocks;
  }

  private static Tap block(Tap input, String name, Stage stage, int stride) {
    int wide = input.shape().get(0) * stage.expansion();
    Tap x = input;
    if (stage.expansion() > 1) {
      x = x.then(name + ".expand_conv", convolution(wide, 1));
      x = x.then(name + ".bn0", NORM).then(Relu.six());
    }
    Conv2d depthwise = convolution(wide, stage.kernel()).withGroups(wide).withStride(stride);
    x = x.then(name + ".depthwise_conv", depthwise).then(name + ".bn1", NORM).then(Relu.six());
    x = x.then(name + ".project_conv", convolution(stage.channels(), 1)).then(name + ".bn2", NORM);
    return stride == 1 && x.shape().equals(input.shape())
        ? x.then(name + ".add", new Add(), input)
        : x;
  }

  private static Conv2d convolution(int filters, int kernel) {
    return Conv2d.valid(filters, kernel).withPadding(Padding.toSame()).withoutBias();
  }
}
