package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Upsample2d;
import java.util.ArrayList;
import java.util.List;

/**
 * The library's own small U-Net (Ronneberger et al. 2015) with residual blocks (He et al. 2016),
 * made to be fast on a CPU: nothing is computed at full resolution. The embedded segmenter is one.
 *
 * <p>A 3 x 3 convolution with stride 2 to 16 channels, and a residual block at each of five scales
 * of 16, 24, 48, 96 (two blocks) and 128 channels, each half as large as the one before. Upwards,
 * at each scale: a 1 x 1 convolution to the scale's channels, bilinear enlargement, the skip
 * connection put beside it, and a 3 x 3 convolution. Last a 1 x 1 convolution to the outputs, still
 * at half the input's resolution, and bilinear enlargement to the input's size. Batch normalization
 * (Ioffe and Szegedy 2015) follows every convolution but the last.
 *
 * @since 0.1.0
 */
public final class CompactUnet {

  private static final int[] CHANNELS = {16, 24, 48, 96, 128};
  private static final int[] SLIM_CHANNELS = {12, 20, 40, 64, 96};
  private static final int[] BLOCKS = {1, 1, 2, 2, 1};
  private static final int STRIDE = 1 << CHANNELS.length;
  private static final int NEIGHBORS = 3;

  private CompactUnet() {}

  /**
   * Describes the network.
   *
   * @param size rows and columns of the gray input, a positive multiple of 32
   * @param outputs number of maps that come out, positive: 1 for tumor or not, else one per class
   * @return about 0.9 million parameters; the output is {@code [outputs, size, size]}, scores
   *     before a sigmoid or softmax
   * @throws IllegalArgumentException if a value is out of range
   */
  public static Network describe(int size, int outputs) {
    return describe("compact-unet", CHANNELS, 1, size, outputs);
  }

  /**
   * A slimmer one, of 12, 20, 40, 64 and 96 channels, that sees a slice between its neighbors: what
   * the embedded brain extractor is.
   *
   * @param size rows and columns of the input of three channels, a positive multiple of 32; 128 for
   *     the embedded model
   * @param outputs number of maps that come out, positive
   * @return about 0.45 million parameters; the output is {@code [outputs, size, size]}, scores
   *     before a sigmoid or softmax
   * @throws IllegalArgumentException if a value is out of range
   */
  public static Network describeSlim(int size, int outputs) {
    return describe("slim-unet", SLIM_CHANNELS, NEIGHBORS, size, outputs);
  }

  private static Network describe(String name, int[] channels, int inputs, int size, int outputs) {
    Arguments.require(
        size > 0 && size % STRIDE == 0,
        "size must be a positive multiple of %s, got %s",
        STRIDE,
        size);
    Arguments.requirePositive("outputs", outputs);
    Tap x = Network.input(name, inputs, size, size);
    x = ResidualBlock.convolution(x, "stem", channels[0], 3, 2).then(Relu.plain());
    List<Tap> skips = new ArrayList<>();
    for (int scale = 0; scale < channels.length; scale++) {
      for (int block = 0; block < BLOCKS[scale]; block++) {
        int stride = scale > 0 && block == 0 ? 2 : 1;
        x =
            ResidualBlock.on(
                x, "down" + (scale + 1) + ".block" + (block + 1), channels[scale], stride);
      }
      skips.add(x);
    }
    for (int scale = channels.length - 2; scale >= 0; scale--) {
      x = up(x, skips.get(scale), "up" + (scale + 1), channels[scale]);
    }
    return x.then("head", Conv2d.valid(outputs, 1)).then("scores", Upsample2d.bilinear(2)).build();
  }

  /** A scale of the way up. */
  static Tap up(Tap input, Tap skip, String name, int channels) {
    Tap x = ResidualBlock.convolution(input, name + ".reduce", channels, 1, 1).then(Relu.plain());
    x = x.then(name + ".enlarged", Upsample2d.bilinear(2)).concat(name + ".skip", skip);
    return ResidualBlock.convolution(x, name + ".merge", channels, 3, 1).then(Relu.plain());
  }
}
