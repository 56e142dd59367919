package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Segmentation.Point;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.WeightTransfer;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxBackbone;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.format.OnnxRun;
import io.github.brainimaging.models.network.format.WeightFiles;
import io.github.brainimaging.models.network.format.internal.ActivationOutput;
import io.github.brainimaging.models.network.internal.Node;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.Flatten;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Softmax;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClassActivationTest {

  private static final List<String> LABELS = List.of("bright", "dark");

  /** Sees the gray value of each pixel: the mean of all speaks for the first class. */
  private static byte[] gray(boolean pooled) {
    var features = Network.input("gray", 1, 8, 8).then("conv", Conv2d.valid(1, 1));
    Network network =
        features
            .then(pooled ? new GlobalAveragePool() : new Flatten())
            .then("dense", new Dense(2))
            .then("probabilities", new Softmax())
            .build();
    Map<String, Tensor> tensors = new HashMap<>();
    network
        .weights()
        .forEach(
            (name, weight) -> {
              int[] shape = weight.shape().stream().mapToInt(Integer::intValue).toArray();
              float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
              if (name.endsWith("weight")) {
                Arrays.fill(values, 1);
                values[values.length - 1] = name.startsWith("dense") ? -1 : 1;
              }
              tensors.put(name, Tensor.wrap(values, shape));
            });
    return OnnxExport.toBytes(network, Weights.of(tensors), Map.of());
  }

  private static ClassActivation open(byte[] model) {
    ModelInput input = ModelInput.ofSize(8, 1);
    return ClassActivation.open(
        ModelSource.ofBytes(model, "gray"),
        ModelCard.builder("gray", input, Activation.SOFTMAX, LABELS).build());
  }

  private static MedicalImage spot(int x, int y) {
    float[] samples = new float[32 * 16];
    Arrays.fill(samples, 50);
    for (int i = 0; i < samples.length; i++) {
      boolean inside = i % 32 / 4 == x / 4 && i / 32 / 2 == y / 2;
      samples[i] = inside ? 250 : 50;
    }
    return MedicalImage.ofGray(32, 16, samples).withNominalMaximum(255);
  }

  @Test
  void theMapIsHighestWhereTheClassIsSeen() {
    try (ClassActivation maps = open(gray(true))) {
      Explanation explanation = maps.explain(spot(21, 5));

      assertThat(explanation.label()).isEqualTo("bright");
      assertThat(explanation.method()).isEqualTo("cam");
      Point peak = explanation.peak().orElseThrow();
      assertThat(peak.x()).isBetween(20.0, 23.0);
      assertThat(peak.y()).isBetween(4.0, 5.0);
      assertThat(explanation.boxes(0.5)).hasSize(1);
      BoundingBox box = explanation.boxes(0.5).get(0);
      assertThat(box.width()).isBetween(4, 8);
      // Each place speaks for the class by twice its gray value: once for it, once not against it.
      // The center of a pixel is off that of a place by 1/8 of it in x and by 1/4 in y.
      assertThat(explanation.strength()).isCloseTo(2 * 200 / 255.0 * 0.875 * 0.75, within(1e-3));
      assertThat(maps.explain(spot(21, 5), "dark").peak().orElseThrow()).isNotEqualTo(peak);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Head.class,
      names = {
        "POOLED",
        "P1",
        "P3",
        "P5_RESNET_PLAIN",
        "P5_RESNET_LIGHTWEIGHT",
        "P5_RESNET_FINE_TUNED",
        "P5_XCEPTION_PLAIN"
      })
  void aPlaceScoresAsAnImageThatLooksLikeItEverywhere(Head head) throws OrtException {
    Network whole = Architectures.named("compact-resnet").describe(head, 1, 64, 3);
    Weights weights = Weights.random(whole, 4);
    byte[] model = OnnxExport.toBytes(whole, weights, Map.of());
    float[] images = new float[2 * 64 * 64];
    Random random = new Random(1);
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }

    float[] found = OnnxRun.run(ActivationOutput.of(model), images, 2, 1, 64, 64);

    List<Node> nodes = Node.all(whole);
    int pooling = 0;
    while (!(nodes.get(pooling).layer() instanceof GlobalAveragePool)) {
      pooling++;
    }
    String node = nodes.get(pooling - 1).name();
    float[] map = OnnxRun.run(OnnxBackbone.cutAt(model, node).toBytes(), images, 2, 1, 64, 64);
    Network top = whole.after(nodes.get(pooling).name()).logits();
    int channels = top.inputShape().get(0);
    int places = map.length / 2 / channels;
    int side = (int) Math.sqrt(places);
    byte[] topModel =
        OnnxExport.toBytes(top, WeightTransfer.of(top, weights, 0).weights(), Map.of());
    float[] everywhere = new float[places * channels];
    for (int i = 0; i < everywhere.length; i++) {
      everywhere[i] = map[(channels + i % channels) * places + i / channels];
    }
    float[] expected = OnnxRun.run(topModel, everywhere, places, channels);
    int second = (side + 1) * side * 3; // where the second image begins
    assertThat(found).hasSize(2 * second);
    assertThat(Arrays.copyOfRange(found, second + side * 3, 2 * second))
        .containsExactly(expected, within(1e-3f));
    float[] probabilities = OnnxRun.run(model, images, 2, 1, 64, 64);
    assertThat(Arrays.copyOfRange(found, second, second + 3))
        .containsExactly(Arrays.copyOfRange(probabilities, 3, 6), within(1e-5f));
  }

  @Test
  void theEmbeddedClassifierIsExplained() {
    try (OnnxClassifier classifier = OnnxClassifier.embedded();
        ClassActivation maps = ClassActivation.open(ModelSource.embedded(), classifier.card())) {
      MedicalImage image = spot(21, 5);
      Explanation explanation = maps.explain(image);

      assertThat(explanation.label()).isEqualTo(classifier.classify(image).label());
      assertThat(explanation.map().range()).containsExactly(0, 1);
      assertThat(maps.explain(image, explanation.label())).isEqualTo(explanation);
      assertThatThrownBy(() -> maps.explain(image, "cyst"))
          .hasMessage("label must be one of " + classifier.labels() + ", got cyst");
    }
  }

  @Test
  void aNetworkWithoutGlobalPoolingIsRefusedWithWhatExplainsIt() {
    assertThatThrownBy(() -> open(gray(false)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model gray: expected a network with one global pooling")
        .hasMessageContaining("Occlusion");
  }

  @Test
  void closedItIsOfNoUse() {
    ClassActivation maps = open(gray(true));
    maps.close();
    maps.close();

    assertThatThrownBy(() -> maps.explain(spot(1, 1))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shuffledWeightsAreTheSameInAnotherOrder() {
    Network network = Architectures.named("compact-resnet").describe(Head.POOLED, 1, 64, 3);
    byte[] model = OnnxExport.toBytes(network, Weights.random(network, 4), Map.of());

    byte[] shuffled = WeightFiles.shuffled(model, 1);

    assertThat(shuffled).isEqualTo(WeightFiles.shuffled(model, 1));
    assertThat(WeightFiles.shuffled(model, 2)).isNotEqualTo(shuffled);
    float[] before = WeightFiles.readOnnx(model).get("head.weight").toArray();
    float[] after = WeightFiles.readOnnx(shuffled).get("head.weight").toArray();
    assertThat(after).isNotEqualTo(before).containsExactlyInAnyOrder(before);
    assertThat(WeightFiles.readOnnx(shuffled).get("stem.norm.gamma"))
        .isEqualTo(WeightFiles.readOnnx(model).get("stem.norm.gamma"));
  }
}
