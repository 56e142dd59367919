package io.github.brainimaging.models.network.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.RandomWeights;
import io.github.brainimaging.models.network.WeightTransfer;
import io.github.brainimaging.models.network.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiteUnetTest {

  private static final Network NETWORK = LiteUnet.describe(64, 1);
  private static final Network BACKBONE = Architectures.named("efficientnet-lite0").backbone(3, 64);

  /**
   * The stem and blocks 0 to 12 of efficientnet-lite-pytorch's state dictionary have 1,425,312
   * values, 576 of them for two colors more; the way up counted by hand.
   */
  @Test
  void hasThePartsOfThePublishedEncoderAndALightWayUp() {
    int up4 = 192 * 96 + 4 * 96 + (96 + 112) * 96 * 9 + 4 * 96;
    int up3 = 96 * 48 + 4 * 48 + (48 + 40) * 48 * 9 + 4 * 48;
    int up2 = 48 * 24 + 4 * 24 + (24 + 24) * 24 * 9 + 4 * 24;
    int up1 = 24 * 16 + 4 * 16 + (16 + 16) * 16 * 9 + 4 * 16;
    int beside = 4 * (112 + 40 + 24 + 16);

    assertThat(NETWORK.parameterCount())
        .isEqualTo(1_425_312 - 576 + up4 + up3 + up2 + up1 + beside + 17)
        .isEqualTo(1_684_273);
    assertThat(NETWORK.outputShape()).isEqualTo(List.of(1, 64, 64));
    assertThat(LiteUnet.describe(96, 3).outputShape()).isEqualTo(List.of(3, 96, 96));
    assertThatThrownBy(() -> LiteUnet.describe(100, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("size must be a positive multiple of 32, got 100");
    assertThatThrownBy(() -> LiteUnet.describe(64, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesTheWholeEncoderFromTheBackbone() {
    Weights backbone = RandomWeights.of(BACKBONE);

    WeightTransfer start = WeightTransfer.of(NETWORK, LiteUnet.gray(backbone), 1);

    assertThat(start.fresh()).allMatch(name -> name.matches("(up[1-4]|head)\\..*"));
    assertThat(start.unused()).allMatch(name -> name.matches("(blocks.1[345]|conv_head|bn1)\\..*"));
    assertThat(start.taken())
        .contains("conv_stem.weight", "blocks.0.depthwise_conv.weight", "blocks.12.bn2.variance");
    for (String name : start.taken()) {
      if (!name.equals("conv_stem.weight")) {
        assertThat(start.weights().get(name)).as(name).isEqualTo(backbone.get(name));
      }
    }
    float[] colors = backbone.get("conv_stem.weight").toArray();
    Tensor gray = start.weights().get("conv_stem.weight");
    assertThat(gray.shape()).containsExactly(32, 1, 3, 3);
    int filter = 5 * 27 + 4;
    assertThat(gray.toArray()[5 * 9 + 4])
        .isCloseTo((colors[filter] + colors[filter + 9] + colors[filter + 18]) / 2, within(1e-6f));
    assertThat(LiteUnet.gray(start.weights())).isSameAs(start.weights());
  }
}
