package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Upsample2d;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A U-Net (Ronneberger et al. 2015) that looks with EfficientNet-Lite0, whose ImageNet weights can
 * be had (docs/models.md): more capacity than {@link CompactUnet}, and a start that has seen a
 * million photographs.
 *
 * <p>Downwards the backbone's blocks 0 to 12, to 192 channels at a 32nd of the size, under its own
 * layer names; upwards as in {@link CompactUnet}, to 96, 48, 24 and 16 channels beside the outputs
 * of blocks 10, 4, 2 and 0. A batch normalization stands before each of these, for the backbone's
 * values there are thirty times as large as those that come up and would drown them. Nothing is
 * computed at full resolution.
 *
 * @since 0.1.0
 */
public final class LiteUnet {

  private static final int STRIDE = 32;
  private static final String FIRST = "conv_stem.weight";

  private static final int BLOCKS = 13;

  /** Which block's output the way up has beside it, from the finest scale to the coarsest. */
  private static final int[] SKIPS = {0, 2, 4, 10};

  private static final int[] CHANNELS = {16, 24, 48, 96};

  /**
   * A slice whose brain has a spread of 1 against photographs from -1 to 1, whose spread is half of
   * that.
   */
  private static final float SPREAD = 0.5f;

  private LiteUnet() {}

  /**
   * Describes the network.
   *
   * @param size rows and columns of the gray input, a positive multiple of 32
   * @param outputs number of maps that come out, positive: 1 for tumor or not, else one per class
   * @return about 1.7 million parameters; the output is {@code [outputs, size, size]}, scores
   *     before a sigmoid or softmax
   * @throws IllegalArgumentException if a value is out of range
   */
  public static Network describe(int size, int outputs) {
    Arguments.require(
        size > 0 && size % STRIDE == 0,
        "size must be a positive multiple of %s, got %s",
        STRIDE,
        size);
    Arguments.requirePositive("outputs", outputs);
    List<Tap> blocks = EfficientNetLite0.blocks(Network.input("lite-unet", 1, size, size), BLOCKS);
    Tap x = blocks.get(BLOCKS - 1);
    for (int scale = CHANNELS.length - 1; scale >= 0; scale--) {
      String name = "up" + (scale + 1);
      Tap skip = blocks.get(SKIPS[scale]).then(name + ".beside", BatchNorm.withDefaults());
      x = CompactUnet.up(x, skip, name, CHANNELS[scale]);
    }
    return x.then("head", Conv2d.valid(outputs, 1)).then("scores", Upsample2d.bilinear(2)).build();
  }

  /**
   * Weights of the backbone for one gray channel: the first convolution's are summed over the
   * colors. Those that take one channel already stay as they are.
   *
   * @param backbone weights of EfficientNet-Lite0 for three channels, such as {@code
   *     WeightFiles.readOnnx(file, Architectures.named("efficientnet-lite0").backbone(3, 224))}
   * @return the weights, of which {@link io.github.brainimaging.models.network.WeightTransfer}
   *     takes those that this network has
   */
  public static Weights gray(Weights backbone) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(backbone.tensors());
    Tensor colored = backbone.get(FIRST);
    int[] shape = colored.shape();
    if (shape[1] == 1) {
      return backbone;
    }
    int pixels = shape[2] * shape[3];
    float[] from = colored.toArray();
    float[] sums = new float[shape[0] * pixels];
    for (int i = 0; i < from.length; i++) {
      sums[i / (shape[1] * pixels) * pixels + i % pixels] += SPREAD * from[i];
    }
    tensors.put(FIRST, Tensor.wrap(sums, shape[0], 1, shape[2], shape[3]));
    return Weights.of(tensors);
  }
}
