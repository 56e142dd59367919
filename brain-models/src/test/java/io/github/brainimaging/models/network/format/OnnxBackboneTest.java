package io.github.brainimaging.models.network.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnxruntime.OrtException;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.WeightTransfer;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.internal.Node;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Softmax;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxBackboneTest {

  private static final Network WHOLE =
      Architectures.named("compact-resnet").describe(Head.P5_RESNET_LIGHTWEIGHT, 1, 32, 3);
  private static final Weights WEIGHTS = Weights.random(WHOLE, 4);

  private static float[] images(int count, int length) {
    Random random = new Random(1);
    float[] values = new float[count * length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Weights of a part of the whole. */
  private static Weights part(Network part) {
    return WeightTransfer.of(part, WEIGHTS, 0).weights();
  }

  @Test
  void joinedAgainItComputesWhatTheWholeComputes() throws OrtException {
    byte[] model = OnnxExport.toBytes(WHOLE, WEIGHTS, Map.of("kept", "a", "card", "old"));
    String node = WHOLE.featureNode().orElseThrow();
    Network head = WHOLE.after(node);
    float[] input = images(2, 1024);

    OnnxBackbone backbone = OnnxBackbone.cutAt(model, node);
    float[] features = OnnxRun.run(backbone.toBytes(), input, 2, 1, 32, 32);
    byte[] joined = backbone.join(head, part(head), Map.of("card", "new"));

    assertThat(backbone.cut()).isEqualTo(node);
    Network first = WHOLE.upTo(node);
    assertThat(features)
        .containsExactly(
            OnnxRun.run(OnnxExport.toBytes(first, part(first), Map.of()), input, 2, 1, 32, 32));
    float[] expected = OnnxRun.run(model, input, 2, 1, 32, 32);
    assertThat(OnnxRun.run(joined, input, 2, 1, 32, 32)).containsExactly(expected, within(1e-6f));
    assertThat(metadata(joined)).isEqualTo(Map.of("kept", "a", "card", "new"));
    assertThat(backbone.toBytes().length).isLessThan(model.length);
  }

  private static Map<String, String> metadata(byte[] model) {
    try {
      return ModelProto.parseFrom(model).getMetadataPropsList().stream()
          .collect(
              Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void takesAHeadThatPoolsFeatureMaps() throws OrtException {
    byte[] model = OnnxExport.toBytes(WHOLE, WEIGHTS, Map.of());
    Network features = Architectures.named("compact-resnet").backbone(1, 32);
    String last = Node.all(features).get(Node.all(features).size() - 1).name();

    OnnxBackbone backbone = OnnxBackbone.cutAt(model, last);
    Network head = Head.P1.describe(features.outputShape(), 2);
    byte[] joined = backbone.join(head, Weights.random(head, 1), Map.of());

    assertThat(OnnxRun.run(joined, images(5, 1024), 5, 1, 32, 32)).hasSize(5 * 2);
  }

  @Test
  void findsTheInputOfTheLastDenseLayer() throws OrtException {
    Network network = Architectures.named("compact-resnet").describe(Head.POOLED, 1, 32, 3);
    byte[] model = OnnxExport.toBytes(network, Weights.random(network, 2), Map.of());

    OnnxBackbone backbone = OnnxBackbone.of(model);

    assertThat(backbone.cut()).isEqualTo(node(network, 3));
    assertThat(OnnxRun.run(backbone.toBytes(), images(2, 1024), 2, 1, 32, 32)).hasSize(2 * 160);
  }

  private static String node(Network network, int fromEnd) {
    return Node.all(network).get(Node.all(network).size() - 1 - fromEnd).name();
  }

  @Test
  void findsTheLastPoolingWhereNoLayerIsDense() throws OrtException {
    Tap x = Network.input("n", 1, 8, 8).then("conv", Conv2d.same(4, 3));
    Network pooled = x.then("pool", new GlobalAveragePool()).then("end", new Softmax()).build();
    Network plain = Network.input("n", 1, 8, 8).then("conv", Conv2d.same(4, 3)).build();

    OnnxBackbone behindPooling =
        OnnxBackbone.of(OnnxExport.toBytes(pooled, Weights.random(pooled, 1), Map.of()));
    OnnxBackbone output =
        OnnxBackbone.of(OnnxExport.toBytes(plain, Weights.random(plain, 1), Map.of()));

    assertThat(behindPooling.cut()).isEqualTo("pool.pooled");
    assertThat(OnnxRun.run(behindPooling.toBytes(), images(3, 64), 3, 1, 8, 8)).hasSize(3 * 4);
    assertThat(output.cut()).isEqualTo("conv");
    assertThat(OnnxRun.run(output.toBytes(), images(3, 64), 3, 1, 8, 8)).hasSize(3 * 256);
  }

  /** {@code onnx_files.py} made the models in the manner of the two exporters. */
  @ParameterizedTest
  @CsvSource({"like-keras.onnx, 1, 8, 8, 2, pooled", "like-pytorch.onnx, 1, 2, 8, 8, flat"})
  void takesModelsOfOthers(String name, int batch, int a, int b, int c, String cut)
      throws IOException, OrtException {
    byte[] model;
    try (InputStream in = OnnxBackboneTest.class.getResourceAsStream(name)) {
      model = in.readAllBytes();
    }
    float[] input = images(3, a * b * c);

    OnnxBackbone backbone = OnnxBackbone.of(model);
    float[] features = OnnxRun.run(backbone.toBytes(), input, 3, a, b, c);
    Network head = Head.P5_RESNET_FINE_TUNED.describe(List.of(features.length / 3), 4);
    Weights weights = Weights.random(head, 1);
    byte[] joined = backbone.join(head, weights, Map.of());

    assertThat(backbone.cut()).isEqualTo(cut);
    float[] expected =
        OnnxRun.run(OnnxExport.toBytes(head, weights, Map.of()), features, 3, features.length / 3);
    assertThat(OnnxRun.run(joined, input, 3, a, b, c)).containsExactly(expected, within(1e-6f));
    float[] one = OnnxRun.run(model, Arrays.copyOf(input, a * b * c), batch, a, b, c);
    assertThat(one).hasSize(3);
  }

  @Test
  void refusesWhatCannotBeCut() {
    byte[] model = OnnxExport.toBytes(WHOLE, WEIGHTS, Map.of());

    assertThatThrownBy(() -> OnnxBackbone.cutAt(model, "nowhere"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("got nowhere; among others, there are [")
        .hasMessageContaining("probabilities]");
    assertThatThrownBy(() -> OnnxBackbone.of("no model".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected an ONNX model");
    assertThatThrownBy(() -> OnnxBackbone.of(new byte[0]))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("found none and 0 nodes");
  }
}
