package io.github.brainimaging.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.models.network.internal.Node;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.Flatten;
import io.github.brainimaging.models.network.layer.Pool2d;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkTest {

  @Test
  void countsParametersAsKerasDoes() {
    // P1's CNN at 128 x 128 x 1: 320 + 9,248 + 18,496 + 1,605,760 + 387.
    Network cnn =
        Network.input("cnn", 1, 128, 128)
            .then("conv1", Conv2d.valid(32, 3))
            .then(Pool2d.maximum(2))
            .then("conv2", Conv2d.valid(32, 3))
            .then(Pool2d.maximum(2))
            .then("conv3", Conv2d.valid(64, 3))
            .then(Pool2d.maximum(2))
            .then(new Flatten())
            .then("hidden", new Dense(128))
            .then("head", new Dense(3))
            .build();

    assertThat(Node.all(cnn).get(6).outputShape()).containsExactly(64 * 14 * 14);
    assertThat(cnn.parameterCount()).isEqualTo(320 + 9_248 + 18_496 + (12_544 * 128 + 128) + 387);
  }

  @Test
  void countsTheStatisticsOfBatchNormalization() {
    Network network =
        Network.input("n", 1, 8, 8)
            .then("conv", Conv2d.same(4, 3).withoutBias())
            .then("norm", BatchNorm.withDefaults())
            .build();

    assertThat(network.parameterCount()).isEqualTo(4 * 9 + 4 * 4);
    assertThat(network.summary().toString())
        .contains("norm", "[4, 8, 8]", "total 52, trainable 44, not trainable 8");
  }

  @Test
  void compactNetworkIsSmallAndEndsInProbabilities() {
    Network network = Architectures.named("compact-resnet").describe(Head.POOLED, 1, 128, 4);

    assertThat(network.parameterCount()).isEqualTo(1_178_620);
    assertThat(network.inputShape()).isEqualTo(List.of(1, 128, 128));
    assertThat(network.outputShape()).isEqualTo(List.of(4));
    assertThat(Node.all(network.logits())).hasSize(Node.all(network).size() - 1);
  }

  @Test
  void refusesALayerThatDoesNotFit() {
    Tap input = Network.input("n", 1, 2, 2);

    assertThatThrownBy(() -> input.then("c", Conv2d.valid(4, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be at least 3 long, got 2");
    assertThatThrownBy(() -> input.then("d", new Dense(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be [features], got [1, 2, 2]");
    assertThatThrownBy(() -> input.then(new Flatten()).plus(input))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("equal shape");
  }

  @Test
  void refusesANameThatIsTaken() {
    Tap input = Network.input("n", 1, 8, 8);
    Tap once = input.then("a", Conv2d.same(2, 3));

    assertThatThrownBy(() -> once.then("a", Conv2d.same(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a twice");
  }

  @Test
  void refusesWeightsOfAnotherNetwork() {
    Network small = Architectures.named("compact-resnet").describe(Head.POOLED, 1, 32, 3);
    Weights weights =
        Weights.random(Architectures.named("compact-resnet").describe(Head.POOLED, 1, 32, 4), 1);

    assertThatThrownBy(() -> weights.requireFit(small))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("head.weight")
        .hasMessageContaining("[3, 160]")
        .hasMessageContaining("[4, 160]");
  }

  @Test
  void equalSeedsGiveEqualWeights() {
    Network network = Architectures.named("compact-resnet").describe(Head.POOLED, 1, 32, 3);

    assertThat(Weights.random(network, 5).tensors())
        .isEqualTo(Weights.random(network, 5).tensors());
    assertThat(Weights.random(network, 5).get("head.weight"))
        .isNotEqualTo(Weights.random(network, 6).get("head.weight"));
  }

  @Test
  void splitsWhereNothingBeforeIsTrained() {
    Network whole = Architectures.named("resnet50").describe(Head.P2, 3, 256, 2);

    String node = whole.featureNode().orElseThrow();
    Network backbone = whole.upTo(node);
    Network head = whole.after(node);

    assertThat(backbone.outputShape()).isEqualTo(List.of(8192));
    assertThat(backbone.parameterCount()).isEqualTo(23_587_712);
    assertThat(backbone.trainableParameterCount()).isZero();
    assertThat(head.inputShape()).isEqualTo(List.of(8192));
    assertThat(head.outputShape()).isEqualTo(List.of(2));
    assertThat(head.parameterCount()).isEqualTo(2_196_354);
    assertThat(whole.unfrozen().featureNode()).isEmpty();
    assertThatThrownBy(() -> whole.upTo("conv2_block1_1_conv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("all later ones go through, got conv2_block1_1_conv");
    assertThatThrownBy(() -> whole.after("nowhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be a layer of resnet50-p2, got nowhere");
  }

  @Test
  void takesWeightsOverByName() {
    Network old = Architectures.named("compact-resnet").describe(Head.POOLED, 1, 32, 3);
    Network other = Architectures.named("compact-resnet").describe(Head.P5_RESNET_PLAIN, 1, 64, 4);
    Weights source = Weights.random(old, 1);

    WeightTransfer transfer = WeightTransfer.of(other, source, 2);

    transfer.weights().requireFit(other);
    assertThat(transfer.taken()).hasSize(source.tensors().size() - 2);
    assertThat(transfer.fresh())
        .containsExactly("dense.weight", "dense.bias", "dense_1.weight", "dense_1.bias");
    assertThat(transfer.unused()).containsExactly("head.weight", "head.bias");
    assertThat(transfer.weights().get("stem.conv.weight"))
        .isEqualTo(source.get("stem.conv.weight"));
    assertThat(transfer.weights().get("dense.weight"))
        .isEqualTo(Weights.random(other, 2).get("dense.weight"));
    assertThatThrownBy(() -> WeightTransfer.of(Head.LINEAR.describe(List.of(9), 2), source, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got only others such as [stem.conv.weight");
  }

  @Test
  void summaryTellsWhatIsFrozen() {
    Network.Summary summary =
        Architectures.named("resnet50").describe(Head.P2, 3, 256, 2).summary();

    assertThat(summary.parameters()).isEqualTo(25_784_066);
    assertThat(summary.trainable()).isEqualTo(2_196_354);
    assertThat(summary.nonTrainable()).isEqualTo(23_587_712);
    assertThat(summary.toString())
        .containsPattern("conv1_conv +Conv2d +\\[64, 128, 128] +9,472  frozen")
        .containsPattern("dense +Dense +\\[256] +2,097,408\\R")
        .contains("total 25,784,066, trainable 2,196,354, not trainable 23,587,712");
  }
}
