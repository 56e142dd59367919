package io.github.brainimaging.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Resize;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.RandomWeights;
import io.github.brainimaging.models.network.WeightTransfer;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxBackbone;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.format.OnnxRun;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.network.layer.Softmax;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import io.github.brainimaging.models.onnx.ClassActivation;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradCamTest {

  private static final List<String> LABELS = List.of("glioma", "meningioma", "notumor");

  /** The least that P1's network takes is 22; here its last convolution gives 8 x 8. */
  private static final int SIZE = 46;

  private static final Network PLAIN =
      Architectures.named("plain-cnn").describe(Head.LINEAR, 1, SIZE, 3);

  private static final Weights WEIGHTS = RandomWeights.of(PLAIN);

  private static ModelCard card(int size, Activation activation) {
    return ModelCard.builder("test", ModelInput.ofSize(size, 1), activation, LABELS).build();
  }

  private static MedicalImage noise(int size, int seed) {
    Random random = new Random(seed);
    float[] samples = new float[size * size];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextInt(256);
    }
    return MedicalImage.ofGray(size, size, samples).withNominalMaximum(255);
  }

  private static byte[] onnx(Network network, Weights weights) {
    return OnnxExport.toBytes(network, weights, Map.of());
  }

  /** What the class gains when each channel grows everywhere, told apart from 1 and 2 of 3. */
  private static double[] gains(float[] map, int channels, int index) throws OrtException {
    Network rest = PLAIN.logits().after("conv3");
    byte[] model = onnx(rest, WeightTransfer.of(rest, WEIGHTS, 0).weights());
    int places = map.length / channels;
    float step = 1e-2f;
    double[] gains = new double[channels];
    for (int c = 0; c < channels; c++) {
      double[] scores = new double[2];
      for (int side = 0; side < 2; side++) {
        float[] moved = map.clone();
        for (int i = 0; i < places; i++) {
          moved[c * places + i] += side == 0 ? -step : step;
        }
        float[] all = OnnxRun.run(model, moved, 1, channels, 8, 8);
        for (int k = 0; k < all.length; k++) {
          scores[side] += k == index ? all[k] : -all[k] / 2.0;
        }
      }
      gains[c] = (scores[1] - scores[0]) / (2 * step) / places;
    }
    return gains;
  }

  @Test
  void weighsChannelsOfANetworkWithoutGlobalPoolingAsFiniteDifferencesDo() throws OrtException {
    MedicalImage image = noise(SIZE, 3);
    ModelCard card = card(SIZE, Activation.SOFTMAX);
    byte[] model = onnx(PLAIN, WEIGHTS);
    float[] pixels = card.input().transform().apply(image).samples();
    float[] map =
        OnnxRun.run(OnnxBackbone.cutAt(model, "conv3").toBytes(), pixels, 1, 1, SIZE, SIZE);
    double[] gains = gains(map, 64, 1);
    float[] places = new float[64];
    for (int i = 0; i < places.length; i++) {
      double sum = 0;
      for (int c = 0; c < 64; c++) {
        sum += gains[c] * map[c * 64 + i];
      }
      places[i] = (float) Math.max(0, sum);
    }
    Explanation expected =
        Explanation.of(
            "gradient",
            "meningioma",
            Resize.to(SIZE, SIZE)
                .withInterpolation(Interpolation.BILINEAR)
                .apply(MedicalImage.wrap(8, 8, 1, places)));

    assertThatThrownBy(() -> ClassActivation.open(ModelSource.ofBytes(model, "plain"), card))
        .isInstanceOf(ModelException.class);
    try (GradCam maps = GradCam.open(ModelSource.ofBytes(model, "plain"), card)) {
      Explanation found = maps.explain(image, "meningioma");

      assertThat(maps.layer()).isEqualTo("conv3");
      assertThat(expected.strength()).isPositive();
      assertThat(found.strength())
          .isCloseTo(expected.strength(), within(0.01 * expected.strength()));
      assertThat(found.map().samples()).containsExactly(expected.map().samples(), within(0.02f));
      assertThat(found.method()).isEqualTo("gradient");
      assertThat(maps.explain(image, "meningioma")).isEqualTo(found);
    }
  }

  @Test
  void explainsTheClassThatTheModelGives() {
    ModelCard card = card(SIZE, Activation.SOFTMAX);
    try (GradCam maps = GradCam.of(PLAIN, WEIGHTS, card);
        OnnxClassifier classifier =
            OnnxClassifier.builder()
                .model(ModelSource.ofBytes(onnx(PLAIN, WEIGHTS), "plain"))
                .card(card)
                .build()) {
      for (int seed = 0; seed < 5; seed++) {
        MedicalImage image = noise(SIZE, seed);
        String label = classifier.classify(image).label();
        assertThat(maps.explain(image)).isEqualTo(maps.explain(image, label));
      }
    }
  }

  /** Where the one is above 0, the other is the same but for scale and zero. */
  private static void assertSame(Explanation gradient, Explanation activation) {
    float[] own = gradient.map().samples();
    float[] other = activation.map().samples();
    int[] positive = IntStream.range(0, own.length).filter(i -> own[i] > 0).toArray();
    int low = Arrays.stream(positive).reduce((i, j) -> own[i] <= own[j] ? i : j).orElseThrow();
    int high = Arrays.stream(positive).reduce((i, j) -> own[i] >= own[j] ? i : j).orElseThrow();
    double scale = (other[high] - other[low]) / (own[high] - own[low]);

    assertThat(positive.length).isGreaterThan(own.length / 10);
    assertThat(scale).isPositive();
    for (int i : positive) {
      assertThat(other[low] + scale * (own[i] - own[low])).isCloseTo(other[i], within(1e-3));
    }
  }

  @Test
  void isClassActivationWhereThatCanBe() {
    for (Activation activation : List.of(Activation.SOFTMAX, Activation.SIGMOID)) {
      // Pixels are places, so that nothing is enlarged.
      Network network =
          Network.input("pooled", 1, 16, 16)
              .then("conv", Conv2d.same(6, 3))
              .then(Relu.plain())
              .then(new GlobalAveragePool())
              .then("dense", new Dense(3))
              .then("last", activation == Activation.SOFTMAX ? new Softmax() : new Sigmoid())
              .build();
      Weights weights = RandomWeights.of(network);
      ModelCard card = card(16, activation);
      ModelSource source = ModelSource.ofBytes(onnx(network, weights), "pooled");
      try (GradCam gradients = GradCam.of(network, weights, card);
          ClassActivation activations = ClassActivation.open(source, card)) {
        MedicalImage image = noise(16, 1);
        List<Explanation> found =
            LABELS.stream()
                .map(label -> gradients.explain(image, label))
                .filter(map -> map.strength() > 0)
                .toList();
        assertThat(found).isNotEmpty();
        found.forEach(map -> assertSame(map, activations.explain(image, map.label())));
      }
    }
  }

  @Test
  void ofTheEmbeddedModelTheOrderOfPlacesIsThatOfClassActivation() {
    ModelCard card;
    try (OnnxClassifier classifier = OnnxClassifier.embedded()) {
      card = classifier.card();
    }
    MedicalImage image = noise(128, 2);
    try (GradCam gradients = GradCam.open(ModelSource.embedded(), card);
        ClassActivation activations = ClassActivation.open(ModelSource.embedded(), card)) {
      Explanation found = gradients.explain(image);
      Explanation other = activations.explain(image);

      assertThat(found.label()).isEqualTo(other.label());
      assertThat(found.peak()).isEqualTo(other.peak());
      assertThat(found.rankCorrelation(other)).isGreaterThan(0.9);
    }
  }

  @Test
  void anEarlierLayerHasAnotherMap() {
    ModelCard card = card(SIZE, Activation.SOFTMAX);
    MedicalImage image = noise(SIZE, 3);
    try (GradCam usual = GradCam.of(PLAIN, WEIGHTS, card);
        GradCam early = GradCam.ofLayer(PLAIN, WEIGHTS, card, "conv1")) {
      assertThat(early.layer()).isEqualTo("conv1");
      assertThat(early.explain(image, "glioma")).isNotEqualTo(usual.explain(image, "glioma"));
    }
  }

  @ParameterizedTest
  @MethodSource("headsOfCompactResNet")
  void opensEachHeadOfAnArchitectureByItsWeightsAndTheCard(Head head) {
    int size = 64; // P2 pools 4 x 4
    Network network = Architectures.named("compact-resnet").describe(head, 1, size, 3);
    Weights weights = RandomWeights.of(network);
    ModelCard card = card(size, head == Head.P1 ? Activation.SIGMOID : Activation.SOFTMAX);
    ModelSource source = ModelSource.ofBytes(onnx(network, weights), head.toString());
    try (GradCam opened = GradCam.open(source, card);
        GradCam own = GradCam.of(network, weights, card)) {
      MedicalImage image = noise(size, 1);
      assertThat(opened.layer()).isEqualTo(own.layer());
      assertThat(opened.explain(image)).isEqualTo(own.explain(image));
    }
  }

  static List<Head> headsOfCompactResNet() {
    return Architectures.named("compact-resnet").heads();
  }

  @Test
  void opensAModelThatGivesScores() {
    int size = 32;
    Network network = Architectures.named("compact-resnet").describe(Head.P1, 1, size, 3).logits();
    Weights weights = RandomWeights.of(network);
    ModelCard card = card(size, Activation.SIGMOID_LOGITS);
    ModelSource source = ModelSource.ofBytes(onnx(network, weights), "scores");
    try (GradCam opened = GradCam.open(source, card);
        GradCam own = GradCam.of(network, weights, card)) {
      assertThat(opened.explain(noise(size, 1))).isEqualTo(own.explain(noise(size, 1)));
    }
  }

  @Test
  void tellsACardThatDoesNotFitFromAModelThatDoesNot() {
    ModelSource source = ModelSource.ofBytes(onnx(PLAIN, WEIGHTS), "plain");
    assertThatThrownBy(() -> GradCam.open(source, PLAIN, card(48, Activation.SOFTMAX)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("input must be NCHW with shape [1, 46, 46]");
    ModelCard two =
        ModelCard.builder("two", ModelInput.ofSize(SIZE, 1), Activation.SOFTMAX, List.of("a", "b"))
            .build();
    assertThatThrownBy(() -> GradCam.open(source, PLAIN, two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("card must have the labels of plain-cnn");
    assertThatThrownBy(() -> GradCam.open(source, two))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is not of the network plain-cnn");
  }

  @Test
  void refusesWhatDoesNotFit() {
    ModelCard card = card(SIZE, Activation.SOFTMAX);
    assertThatThrownBy(() -> GradCam.of(PLAIN, WEIGHTS, card(48, Activation.SOFTMAX)))
        .hasMessageStartingWith("input must be NCHW with shape [1, 46, 46]");
    assertThatThrownBy(() -> GradCam.ofLayer(PLAIN, WEIGHTS, card, "flatten"))
        .hasMessage("layer must give [channels, height, width], got [1024] of flatten");
    assertThatThrownBy(() -> GradCam.ofLayer(PLAIN, WEIGHTS, card, "conv9"))
        .hasMessageContaining("got conv9");
    Network dense = Architectures.named("perceptron").describe(Head.LINEAR, 1, SIZE, 3);
    assertThatThrownBy(() -> GradCam.of(dense, RandomWeights.of(dense), card))
        .hasMessageStartingWith("network must have a convolution");
    assertThatThrownBy(() -> GradCam.open(ModelSource.embedded(), PLAIN, card))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is not of the network plain-cnn");
    Network own =
        Network.input("own", 1, SIZE, SIZE)
            .then("mine", Conv2d.same(3, 3))
            .then(new GlobalAveragePool())
            .build();
    ModelSource unknown = ModelSource.ofBytes(onnx(own, RandomWeights.of(own)), "own");
    assertThatThrownBy(() -> GradCam.open(unknown, card))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model own is none that a trainer made of one of the architectures")
        .hasMessageContaining("mine.weight");
    GradCam closed = GradCam.of(PLAIN, WEIGHTS, card);
    assertThatThrownBy(() -> closed.explain(noise(SIZE, 1), "cat"))
        .hasMessageContaining("label must be one of");
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.explain(noise(SIZE, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("GradCam was closed");
  }
}
