package io.github.brainimaging.models.network.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.internal.Node;
import io.github.brainimaging.models.network.layer.Layer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameter counts are those that the papers, Keras and efficientnet-lite-pytorch print. */
class ArchitecturesTest {

  private static final Architecture RESNET = Architectures.named("resnet50");
  private static final Architecture XCEPTION = Architectures.named("xception");

  @ParameterizedTest
  @CsvSource({
    "resnet50, 23587712, 53120, 2048, 7",
    "vgg16, 14714688, 0, 512, 7",
    "xception, 20861480, 54528, 2048, 10",
    "densenet121, 7037504, 83648, 1024, 7",
    "efficientnet-lite0, 3413024, 42016, 1280, 7"
  })
  void countsBackbonesAsKerasDoes(
      String name, long parameters, long statistics, int channels, int size) {
    Architecture architecture = Architectures.named(name);
    Network backbone = architecture.backbone(architecture.channels(), architecture.size());

    assertThat(backbone.parameterCount()).isEqualTo(parameters);
    assertThat(backbone.trainableParameterCount()).isEqualTo(parameters - statistics);
    assertThat(backbone.outputShape()).isEqualTo(List.of(channels, size, size));
  }

  @ParameterizedTest
  @CsvSource({
    "resnet50, IMAGENET, 25636712",
    "vgg16, VGG, 138357544",
    "xception, IMAGENET, 22910480",
    "densenet121, IMAGENET, 8062504",
    "efficientnet-lite0, IMAGENET, 4694024"
  })
  void countsImageNetNetworksAsKerasDoes(String name, Head top, long parameters) {
    Architecture architecture = Architectures.named(name);

    Network network = architecture.describe(top, 3, architecture.size(), 1000);

    assertThat(network.parameterCount()).isEqualTo(parameters);
    assertThat(network.outputShape()).isEqualTo(List.of(1000));
  }

  @Test
  void putsAHeadOnAnEarlierLayerAndFreezesAllBefore() {
    Network network = XCEPTION.describeUpTo("add40", Head.P5_XCEPTION_FINE_TUNED, 3, 96, 4);

    assertThat(network.name()).isEqualTo("xception-p5-xception-fine-tuned");
    assertThat(network.weights()).containsKey("block4_sepconv2_bn.gamma");
    assertThat(network.weights().keySet()).noneMatch(name -> name.startsWith("block5"));
    assertThat(network.trainableParameterCount()).isEqualTo(728 * 128 + 128 + 128 * 4 + 4);
    assertThat(network.outputShape()).isEqualTo(List.of(4));
    assertThatThrownBy(() -> XCEPTION.describeUpTo("block5", Head.P1, 3, 96, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nodeName must be a layer of xception, got block5");
    assertThatThrownBy(() -> XCEPTION.describeUpTo("block4_sepconv2", Head.LINEAR, 3, 96, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("head of xception must be one of");
  }

  @Test
  void countsTheNetworksOfP1() {
    Network dnn = Architectures.named("perceptron").describe(Head.LINEAR, 1, 128, 3);
    Network cnn = Architectures.named("plain-cnn").describe(Head.LINEAR, 1, 128, 3);
    Network resnet = RESNET.describe(Head.P1, 3, 224, 3);

    assertThat(dnn.parameterCount()).isEqualTo(2_097_280 + 8_256 + 2_080 + 99);
    assertThat(cnn.parameterCount()).isEqualTo(320 + 9_248 + 18_496 + 1_605_760 + 387);
    assertThat(resnet.parameterCount()).isEqualTo(23_587_712 + 6_147);
    assertThat(resnet.trainableParameterCount()).isEqualTo(6_147);
    // The figure that P1 prints is the backbone's, not frozen.
    assertThat(RESNET.backbone(3, 224).trainableParameterCount()).isEqualTo(23_534_592);
  }

  @Test
  void countsTheNetworksOfP2() {
    Network resnet = RESNET.describe(Head.P2, 3, 256, 2);
    Network vgg = Architectures.named("vgg16").describe(Head.P2, 3, 256, 2);

    assertThat(resnet.parameterCount()).isEqualTo(25_784_066);
    assertThat(resnet.trainableParameterCount()).isEqualTo(2_196_354);
    assertThat(layers(resnet, "dense")).containsExactly(2_097_408L, 65_792L, 32_896L, 258L);
    assertThat(vgg.parameterCount()).isEqualTo(14_714_688 + 524_544 + 65_792 + 32_896 + 258);
  }

  @Test
  void countsTheNetworksOfP5() {
    Network plain = RESNET.describe(Head.P5_RESNET_PLAIN, 3, 224, 4);
    Network light = RESNET.describe(Head.P5_RESNET_LIGHTWEIGHT, 3, 224, 4);
    Network tuned = RESNET.describe(Head.P5_RESNET_FINE_TUNED, 3, 224, 4);

    assertThat(plain.parameterCount()).isEqualTo(23_850_500);
    assertThat(plain.trainableParameterCount()).isEqualTo(262_788);
    assertThat(layers(plain, "dense")).containsExactly(262_272L, 516L);
    assertThat(layers(light, "dense")).containsExactly(131_136L, 260L);
    assertThat(layers(tuned, "dense")).containsExactly(262_272L, 516L);
    assertThat(layers(tuned, "batch_normalization")).containsExactly(512L);
  }

  @Test
  void countsTheXceptionNetworksOfP5() {
    Network plain = XCEPTION.describe(Head.P5_XCEPTION_PLAIN, 3, 299, 4);
    Network light = XCEPTION.describe(Head.P5_XCEPTION_LIGHTWEIGHT, 3, 299, 4);
    Network tuned = XCEPTION.describe(Head.P5_XCEPTION_FINE_TUNED, 3, 299, 4);

    assertThat(plain.parameterCount()).isEqualTo(23_039_124);
    assertThat(plain.trainableParameterCount()).isEqualTo(22_984_596);
    assertThat(layers(plain, "dense")).containsExactly(128_128L, 516L);
    assertThat(light.parameterCount()).isEqualTo(20_861_480 + 262_272 + 516);
    assertThat(tuned.parameterCount()).isEqualTo(light.parameterCount());
    assertThat(tuned.trainableParameterCount()).isEqualTo(262_272 + 516);
  }

  @Test
  void fineTunesTheLastStageInP3() {
    Network network = RESNET.describe(Head.P3, 3, 256, 3);

    assertThat(Node.all(network).stream().filter(node -> !node.frozen()).findFirst())
        .hasValueSatisfying(node -> assertThat(node.name()).isEqualTo("conv5_block1_0_conv"));
    assertThat(network.unfrozen().trainableParameterCount()).isEqualTo(23_534_592 + 6_147);
    for (Architecture architecture : Architectures.all()) {
      if (architecture.heads().contains(Head.P3)) {
        Network tuned = architecture.describe(Head.P3, 1, 64, 3);
        assertThat(tuned.trainableParameterCount())
            .isBetween(tuned.parameterCount() / 10, tuned.parameterCount() * 9 / 10);
      }
    }
  }

  private static List<Long> layers(Network network, String prefix) {
    return Node.all(network).stream()
        .filter(node -> node.name().matches(prefix + "(_\\d+)?"))
        .filter(node -> !node.frozen())
        .map(node -> node.weights().values().stream().mapToLong(Layer.Weight::size).sum())
        .toList();
  }

  @Test
  void fitsEveryHeadItLists() {
    for (Architecture architecture : Architectures.all()) {
      for (Head head : architecture.heads()) {
        Network network = architecture.describe(head, 1, 128, 3);

        assertThat(network.outputShape()).isEqualTo(List.of(3));
        assertThat(network.trainableParameterCount()).isPositive();
      }
    }
  }

  @Test
  void listsTheNamesWhereOneIsUnknown() {
    assertThat(Architectures.named("ResNet50").name()).isEqualTo("resnet50");
    assertThat(Head.named("P5-Resnet-Plain")).isEqualTo(Head.P5_RESNET_PLAIN);
    assertThatThrownBy(() -> Architectures.named("resnet"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            Architectures.all().stream().map(Architecture::name).toList().toString())
        .hasMessageContaining("got resnet");
    assertThatThrownBy(() -> Head.named("p9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("p5-xception-fine-tuned")
        .hasMessageContaining("got p9");
    assertThatThrownBy(() -> Architectures.named("plain-cnn").describe(Head.P2, 1, 128, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[linear], got p2");
  }
}
